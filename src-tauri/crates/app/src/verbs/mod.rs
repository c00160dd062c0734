//! The use cases, one verb a file.

mod answers;
mod architecture;
mod batch;
mod brand;
mod bulk;
mod calculate;
mod candidates;
mod causes;
mod check;
mod compact;
mod confirm;
mod decide;
mod diagram;
mod edit_image;
mod evidence;
mod exhibit;
mod facts;
mod file;
mod find_text;
mod history;
mod import;
mod inspect;
mod library;
mod media;
mod objects;
mod pack;
mod page;
mod pictures;
mod plan;
mod recents;
mod report;
mod retest;
mod rows;
mod score;
mod search;
mod source;
mod sources;
mod spelling;
mod suggest;
mod template;
mod verify;
mod views;

pub use answers::{AnswerRow, Answers, AnswersReply};
pub use architecture::{
    ArchitectureParts, ArchitectureReply, CheckArchitecture, EditArchitecture, ReadArchitecture, ShowArchitecture,
    TextReply, WriteArchitecture,
};
pub(crate) use architecture::{insert_text, only_by_its_own_commands};
pub use batch::{Batch, BatchReply};
pub use brand::{AddBrand, BrandReply, Contrast, ExportBrand};
pub use bulk::{DeleteMany, Reorder, UpdateMany};
pub use calculate::{Calculate, CalculateOutput, CalculateReply};
pub(crate) use candidates::candidates;
pub use candidates::{Candidate, Candidates};
pub use causes::Causes;
pub use check::{Check, CheckReply};
pub use compact::{Compact, CompactReply};
pub use confirm::{Assess, Confirm};
pub use decide::{Accept, Dismiss};
pub use diagram::{DiagramsReply, DrawDiagrams, DrawnPicture};
pub use edit_image::{EditImage, EditImageReply, RenameImage};
pub use evidence::{Evidence, EvidenceFacts, EvidenceRef};
pub use exhibit::{AddExhibit, ExhibitReply};
pub use facts::{FactReply, Facts};
pub use file::{Cancel, Close, Create, CreateReply, Open, OpenNamed, OpeningTold, Sample, State, Status};
pub use find_text::{FindText, FoundText, Reveal, TextHit};
pub use history::{Authors, History, Redo, RestorePoint, RestorePoints, Rewind, RewindReply, Undo};
pub(crate) use import::keep;
pub use import::{Import, ImportReply};
pub use inspect::{FileReport, Inspect, InspectReply, IssueCounts, MeasurementRow, Outcome};
pub use library::{DeleteFromLibrary, InsertFromLibrary, Library, LibraryEntry, SaveToLibrary};
pub use media::{AddImage, ImageReply};
pub(crate) use media::{described, prepared};
pub use objects::{Changed, Delete, Get, Insert, List, Update};
pub use pack::{AddPack, PackReply};
pub use page::{Locate, Located, Place, ShowLayout, ShowText};
pub use pictures::{Picture, PictureUse, Pictures};
pub use plan::{Plan, WhatIf};
pub(crate) use recents::remember;
pub use recents::{ForgetRecent, Prefer, Preferences, Recent, Recents};
pub use report::{Report, ReportReply};
pub use retest::{AcceptRetest, DismissRetest, Retest, RetestOf, RetestPair, RetestReply, RetestRows, RetestRowsReply};
pub use rows::{Issues, Measurements};
pub use score::{AreaScore, HealthScore, MaturityScore, Score, ScoreReply, SectionScore, WeakestArea};
pub use search::Search;
pub use source::{Packs, Source, SourceReply};
pub use sources::{CompareArchitectures, FindingsFromTraffic, MergeSources, PreviewSources, SourcesReply};
pub use spelling::{Misspelt, Spell, SuggestSpelling};
pub use suggest::{Suggest, SuggestReply};
pub use template::{
    NewTemplate, ReloadTemplate, TakeTemplate, TakenTemplate, TemplateReply, TemplateSection, TemplateSetting,
    Templates,
};
pub use verify::{Verify, VerifyReply};
pub use views::{DrawView, ExportArchitecture, PictureFormat};

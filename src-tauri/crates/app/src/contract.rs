//! The contract, declared once: every command with its verb, and the one dispatcher that the window, the command
//! line and the tests share.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{App, AppError, Code, verbs};

/// A use case: plain data in, plain data out.
pub trait Verb: DeserializeOwned + TS + 'static {
    /// What it answers.
    type Reply: Serialize + TS + 'static;

    /// Does it.
    ///
    /// # Errors
    /// What happened, to which file or field, and what to do.
    fn run(self, app: &mut App) -> Result<Self::Reply, AppError>;
}

/// Is told of every command with its types.
pub(crate) trait Described {
    /// A command's wire word, what it does, and as types what it takes and answers.
    fn command<A: TS + DeserializeOwned + 'static, R: TS + 'static>(&mut self, word: &str, about: &str);
}

/// Declares the commands: a wire word, the verb's type, and what it does in a sentence.
macro_rules! contract {
    ($($word:literal => $name:ident($verb:ty): $about:literal),+ $(,)?) => {
        /// A command: `{"do": "<word>", …fields}`.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(tag = "do")]
        pub enum Command {
            $(#[doc = $about] #[serde(rename = $word)] $name($verb)),+
        }

        impl Command {
            /// Every command: its word, and what it does.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($word, $about)),+];
        }

        /// Tells of every command in the order of declaration.
        pub(crate) fn describe(to: &mut impl Described) {
            $(to.command::<$verb, <$verb as Verb>::Reply>($word, $about);)+
        }

        impl App {
            /// Runs a command and answers with JSON.
            ///
            /// # Errors
            /// What happened, to which file or field, and what to do.
            pub fn dispatch(&mut self, command: Command) -> Result<Value, AppError> {
                match command {
                    $(Command::$name(verb) => {
                        let _span = tracing::info_span!("command", word = $word).entered();
                        serde_json::to_value(verb.run(self)?)
                            .map_err(|error| AppError::failed(format!("the answer is not JSON: {error}")))
                    })+
                }
            }
        }
    };
}

contract! {
    "open" => Open(verbs::Open): "Open an engagement file in place of the one that is open",
    "open_named" => OpenNamed(verbs::OpenNamed): "Open the file that a start of the application named",
    "create" => Create(verbs::Create): "Create an engagement file and open it",
    "sample" => Sample(verbs::Sample): "Create the sample engagement and open it",
    "close" => Close(verbs::Close): "Close the engagement",
    "state" => Status(verbs::Status): "What is open, and what there is to choose from",
    "opening_told" => OpeningTold(verbs::OpeningTold): "The user was told what came of opening a file",
    "recents" => Recents(verbs::Recents): "The engagements opened last, newest first",
    "forget_recent" => ForgetRecent(verbs::ForgetRecent): "Take an engagement off that list; the file stays",
    "preferences" => Preferences(verbs::Preferences): "How the window was set",
    "prefer" => Prefer(verbs::Prefer): "Remember settings of the window",
    "cancel" => Cancel(verbs::Cancel): "Stop the long work under way",
    "get" => Get(verbs::Get): "One object by kind and id, number or key",
    "list" => List(verbs::List): "All objects of a kind, in display order",
    "insert" => Insert(verbs::Insert): "Add an object of a kind",
    "update" => Update(verbs::Update): "Change fields of an object",
    "delete" => Delete(verbs::Delete): "Remove an object; links to it are cleaned in the same step",
    "update_many" => UpdateMany(verbs::UpdateMany): "Change the same fields of several objects in one step",
    "delete_many" => DeleteMany(verbs::DeleteMany): "Remove several objects in one step",
    "batch" => Batch(verbs::Batch): "Run several changing commands as one: all or nothing, one step",
    "reorder" => Reorder(verbs::Reorder): "Move an object to another place in its list",
    "undo" => Undo(verbs::Undo): "Take back the last step",
    "redo" => Redo(verbs::Redo): "Do the last undone step again",
    "rewind" => Rewind(verbs::Rewind): "Take back every step after a point, or say what that would be",
    "restore_points" => RestorePoints(verbs::RestorePoints): "The moments before large changes that can be gone back to",
    "history" => History(verbs::History): "Who changed what and when, newest first",
    "authors" => Authors(verbs::Authors): "Who has changed something",
    "search" => Search(verbs::Search): "Full-text search over all prose",
    "import" => Import(verbs::Import): "Import files or folders of tool outputs",
    "probe_code" => ProbeCode(verbs::ProbeCode): "Read a local checkout, never running it, and keep what it tells as an artifact",
    "write_kit" => WriteKit(verbs::WriteKit): "Write a folder of read-only probes for the checks that are still open",
    "inspect" => Inspect(verbs::Inspect): "Read tool outputs without keeping them",
    "preview_table" => PreviewTable(verbs::PreviewTable): "What the columns of a table seem to mean, and what a mapping of them would measure or refuse",
    "remap" => Remap(verbs::Remap): "Remember a mapping of columns, and read the artifacts with these columns again by it",
    "severities" => Severities(verbs::Severities): "What each tool's words for severity mean, and how many issues say them",
    "set_severities" => SetSeverities(verbs::SetSeverities): "Choose what words of a tool mean in this engagement, and read its artifacts again by it",
    "vocabulary" => Vocabulary(verbs::Vocabulary): "The metrics that a column can be, with their units",
    "measurements" => Measurements(verbs::Measurements): "Measurements of the live artifacts",
    "issues" => Issues(verbs::Issues): "Issues of the live artifacts, in pages",
    "evidence" => Evidence(verbs::Evidence): "What evidence links point to, in words",
    "facts" => Facts(verbs::Facts): "The figures that prose can call by name, with what is printed for them",
    "source" => Source(verbs::Source): "The raw text of an artifact around a place",
    "pack" => Packs(verbs::Packs): "The engagement's packs as they are defined",
    "answers" => Answers(verbs::Answers): "Every check with its answer and proposal",
    "confirm" => Confirm(verbs::Confirm): "Confirm or override the verdict of a check",
    "assess" => Assess(verbs::Assess): "Set the maturity level of an area with its reason",
    "suggest_levels" => SuggestLevels(verbs::SuggestLevels): "The maturity levels that the evidence suggests, with what speaks for and against them",
    "stack" => ShowStack(verbs::ShowStack): "Technologies that the evidence knows and the table of the technology stack does not",
    "fill_stack" => FillStack(verbs::FillStack): "Add rows for them to the table; what stands in it stays",
    "score" => Score(verbs::Score): "Health and maturity with coverage",
    "candidates" => Candidates(verbs::Candidates): "Candidate findings from issues and failed checks",
    "accept" => Accept(verbs::Accept): "Make a candidate a finding, or add it to one, with its evidence",
    "dismiss" => Dismiss(verbs::Dismiss): "Dismiss a candidate with a reason",
    "retest" => Retest(verbs::Retest): "Artifacts with a newer state, and what those propose for findings",
    "retest_rows" => RetestRows(verbs::RetestRows): "What differs between an artifact and its newer state, in pages",
    "accept_retest" => AcceptRetest(verbs::AcceptRetest): "Take a retest's outcome over into the finding, with its values and evidence",
    "dismiss_retest" => DismissRetest(verbs::DismissRetest): "Dismiss what a retest proposes, with a reason",
    "library" => Library(verbs::Library): "Findings of the library, those for failing checks first",
    "insert_from_library" => InsertFromLibrary(verbs::InsertFromLibrary): "Add a finding of the library to the engagement",
    "save_to_library" => SaveToLibrary(verbs::SaveToLibrary): "Keep a finding's texts, without the client's names, in the own library",
    "delete_from_library" => DeleteFromLibrary(verbs::DeleteFromLibrary): "Take a finding out of the own library",
    "export_library" => ExportLibrary(verbs::ExportLibrary): "Write findings of the own library to a file",
    "import_library" => ImportLibrary(verbs::ImportLibrary): "Take the findings of a file into the own library",
    "add_image" => AddImage(verbs::AddImage): "Keep an image file for prose and diagrams",
    "add_brand" => AddBrand(verbs::AddBrand): "Make a brand of the engagement's own from a built-in one, another or a file",
    "export_brand" => ExportBrand(verbs::ExportBrand): "Write a brand with its logos and its fonts to one file",
    "add_fonts" => AddFonts(verbs::AddFonts): "Import font files into a brand of the engagement's own",
    "contrast" => Contrast(verbs::Contrast): "How well a brand's colours read, and what would",
    "templates" => Templates(verbs::Templates): "The report templates to choose from, with their sections and settings",
    "new_template" => NewTemplate(verbs::NewTemplate): "Copy a built-in template into a folder, to be changed there",
    "take_template" => TakeTemplate(verbs::TakeTemplate): "Keep a folder's template with the engagement",
    "reload_template" => ReloadTemplate(verbs::ReloadTemplate): "Read the report's template again where its folder changed",
    "add_exhibit" => AddExhibit(verbs::AddExhibit): "Keep a PDF, code, a plan or a trace for the appendix, from a file or an artifact",
    "exhibit_text" => ShowExhibit(verbs::ExhibitText): "The lines of an exhibit, with what is chosen of them",
    "edit_image" => EditImage(verbs::EditImage): "Crop, mark, redact or scale an image for print; what was given is kept",
    "rename_image" => RenameImage(verbs::RenameImage): "Give an image another name, also in the texts that call it",
    "pictures" => Pictures(verbs::Pictures): "All images with where they are used",
    "add_pack" => AddPack(verbs::AddPack): "Use a built-in pack, or one from a TOML or Markdown file",
    "suggest" => Suggest(verbs::Suggest): "Copy a pack's starting points (phases, roles, risks, metrics) as editable objects",
    "read_architecture" => ReadArchitecture(verbs::ReadArchitecture): "Read a C4 model into the engagement: Structurizr DSL or JSON, or sources to derive one from",
    "check_architecture" => CheckArchitecture(verbs::CheckArchitecture): "What is to be said of a text in the Structurizr DSL",
    "write_architecture" => WriteArchitecture(verbs::WriteArchitecture): "Make an architecture what a text says",
    "edit_architecture" => EditArchitecture(verbs::EditArchitecture): "Change elements, relations, views and places of an architecture",
    "architecture" => ShowArchitecture(verbs::ShowArchitecture): "An architecture in parts: elements, relations, views",
    "export_architecture" => ExportArchitecture(verbs::ExportArchitecture): "Write an architecture, or a view of it, to a file",
    "preview_sources" => PreviewSources(verbs::PreviewSources): "What compose files, manifests, traces and the like would add to an architecture",
    "merge_sources" => MergeSources(verbs::MergeSources): "Add to an architecture what was chosen of its sources",
    "findings_from_traffic" => FindingsFromTraffic(verbs::FindingsFromTraffic): "Make findings of what traffic and architecture do not agree on",
    "compare_architectures" => CompareArchitectures(verbs::CompareArchitectures): "In what two architectures differ",
    "draw_view" => DrawView(verbs::DrawView): "A view of an architecture as vectors",
    "draw_diagrams" => DrawDiagrams(verbs::DrawDiagrams): "What is in a model outside of the engagement, its views drawn to files",
    "plan" => Plan(verbs::Plan): "Priorities, schedule, costs, resources",
    "causes" => Causes(verbs::Causes): "Which findings cause which, what hangs on each root, and the causal map",
    "what_if" => WhatIf(verbs::WhatIf): "Residual risk and expected levels when only some phases are funded",
    "calculate" => Calculate(verbs::Calculate): "Run a pack's calculator",
    "spell" => Spell(verbs::Spell): "The misspelt words of a text",
    "suggest_spelling" => SuggestSpelling(verbs::SuggestSpelling): "What a misspelt word was probably meant to be",
    "check" => Check(verbs::Check): "What would embarrass before issue",
    "verify" => Verify(verbs::Verify): "Integrity, foreign keys, artifact hashes",
    "compact" => Compact(verbs::Compact): "Write a copy for other hands: no history, no removed artifacts, nothing that was redacted",
    "report" => Report(verbs::Report): "Compile the report as PDF",
    "layout" => ShowLayout(verbs::ShowLayout): "The report's pages as they are laid out now",
    "draft" => Draft(crate::live::Draft): "Show what is being typed on the report's pages; changes nothing",
    "locate" => Locate(verbs::Locate): "The field behind a point of a page",
    "place" => Place(verbs::Place): "Where a place in a field is printed",
    "find_text" => FindText(verbs::FindText): "Where a text stands on the pages",
    "reveal" => Reveal(verbs::Reveal): "Lead the window that edits to a field",
    "page_text" => ShowText(verbs::ShowText): "The text of a page with places",
}

impl Command {
    /// Reads a command from JSON.
    ///
    /// # Errors
    /// When it is not JSON, the word is unknown, or a field is wrong; names the place and the choices.
    pub fn from_json(text: &str) -> Result<Self, AppError> {
        Self::from_value(parse(text)?)
    }

    /// Reads one command, or an array of them.
    ///
    /// # Errors
    /// As [`Command::from_json`]; none of them is run when one is wrong.
    pub fn all_from_json(text: &str) -> Result<Vec<Self>, AppError> {
        match parse(text)? {
            Value::Array(commands) => commands.into_iter().map(Self::from_value).collect(),
            single => Self::from_value(single).map(|command| vec![command]),
        }
    }

    /// As [`Command::from_json`], from JSON that was parsed already.
    ///
    /// # Errors
    /// When the word is unknown, or a field is wrong.
    pub fn from_value(value: Value) -> Result<Self, AppError> {
        let word = value.get("do").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !Self::ALL.iter().any(|(known, _)| *known == word) {
            let words = Self::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            return Err(AppError::usage(format!("there is no command \"{word}\""))
                .hint(format!("choose one of: {words}"))
                .field("do"));
        }
        serde_json::from_value(value.clone()).map_err(|error| {
            let message = error.to_string();
            let field = Self::wrong_field(&value, &message);
            AppError { code: Code::Usage, message: format!("{word}: {message}"), hint: None, field }
        })
    }

    /// The field that is to blame: named by the message, or the one without which the complaint is another.
    fn wrong_field(value: &Value, message: &str) -> Option<String> {
        for named in ["unknown field `", "missing field `", "duplicate field `"] {
            if let Some(rest) = message.strip_prefix(named) {
                return rest.split('`').next().map(str::to_owned);
            }
        }
        let fields = value.as_object()?;
        let blamed = fields.keys().filter(|key| *key != "do").find(|key| {
            let mut without = fields.clone();
            without.remove(*key);
            let again = serde_json::from_value::<Self>(Value::Object(without));
            again.map_or_else(|error| error.to_string() != message, |_| true)
        });
        blamed.cloned()
    }
}

fn parse(text: &str) -> Result<Value, AppError> {
    serde_json::from_str(text).map_err(|error| {
        AppError::usage(format!("the command is not JSON: {error}")).hint(r#"write {"do":"list","kind":"findings"}"#)
    })
}

//! The command line's words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use groma_app::{Audience, Standard};

/// Groma carries a backend architecture audit from raw tool outputs to the delivered report, offline.
#[derive(Debug, Parser)]
#[command(name = "groma", version, about, long_about = None, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done, 1 problems found or work failed, 2 usage, 3 input refused.\n\
    GROMA_LOG=info prints spans and timings on stderr; no client text is ever logged.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create an engagement file
    New(New),
    /// Create the sample engagement, built from raw tool outputs by the same import code
    Sample {
        /// The file to create; must not exist
        file: PathBuf,
    },
    /// Import tool outputs: files or folders; one line a file, progress on stderr
    Import(Import),
    /// Probes of the product's own
    Probe {
        /// What is looked at
        #[command(subcommand)]
        act: ProbeAct,
    },
    /// Write a folder of read-only probes that the client's operators run for the checks still open
    Kit(Kit),
    /// Read tool outputs without an engagement: the same parse, nothing kept
    Inspect(Inspect),
    /// What each tool's words for severity mean in an engagement, and how many issues say them; or give words another
    /// meaning, which reads what was imported of the tool again
    Severities(Severities),
    /// Every check with its answer and what the measurements propose
    Answers(OfFile),
    /// What was measured again: pairs of files, what differs, and what that says of findings
    Retest(OfFile),
    /// Health and maturity, coverage beside
    Score(OfFile),
    /// List objects of a kind
    List {
        /// The engagement file
        file: PathBuf,
        /// findings, candidates, risks, initiatives, phases, resources, artifacts, measurements, issues …
        kind: String,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Run any command of the contract: JSON in, JSON out
    Call {
        /// The engagement file
        file: PathBuf,
        /// The command as JSON, or - to read it from standard input; a JSON array runs one after
        /// another, each kept as it is done, and stops at the first that fails
        command: String,
        /// Who does it, for the history
        #[arg(long, default_value = "")]
        author: String,
    },
    /// Compile the report
    Report(Report),
    /// What is in a C4 model, and its views as pictures: Structurizr DSL or JSON, an engagement, or sources to derive a
    /// model from (compose, Kubernetes, traces, Backstage, OpenAPI, Terraform); exits 3 when it is refused
    Diagram(Diagram),
    /// What would embarrass before issue; exits 1 when an error is found
    Check(OfFile),
    /// Integrity, foreign keys, artifact hashes; exits 1 when something is wrong
    Verify(OfFile),
    /// Write a copy for other hands: without history, removed artifacts, and what was redacted or cropped away
    Compact(Compact),
    /// The formats that can be imported
    Formats(Plain),
    /// The built-in audit packs
    Packs(Plain),
    /// The report templates and brands
    Templates(Plain),
    /// Brands of the engagement's own
    Brand {
        /// What to do
        #[command(subcommand)]
        act: BrandAct,
    },
    /// Report templates of one's own
    Template {
        /// What to do
        #[command(subcommand)]
        act: TemplateAct,
    },
    /// The commands of the contract, for `call`
    Commands(Plain),
}

/// What is done with templates.
#[derive(Debug, Subcommand)]
pub enum TemplateAct {
    /// Copy a built-in template with what it shares into a new folder, to be changed there
    New {
        /// The folder; must not be there
        folder: PathBuf,
        /// The built-in template that is copied
        #[arg(long, default_value = "audit-report", value_name = "ID")]
        from: String,
    },
    /// The templates an engagement can choose from: built-in, kept with it, and in `templates` beside it
    List(OfFile),
    /// Keep a folder's template with the engagement, so that its report can be made again whatever becomes of the folder
    Take {
        /// The engagement file
        file: PathBuf,
        /// The template's folder
        folder: PathBuf,
        /// Let the report take it
        #[arg(long)]
        take: bool,
    },
}

/// What is done with brands.
#[derive(Debug, Subcommand)]
pub enum BrandAct {
    /// The built-in brands and those of the engagement
    List(OfFile),
    /// Make a brand of the engagement's own
    Add {
        /// The engagement file
        file: PathBuf,
        /// A built-in id, the id of an own brand, or a brand's .toml
        from: String,
        /// Its name; that of what is copied when not given
        #[arg(long, default_value = "")]
        name: String,
        /// Let the report take it
        #[arg(long)]
        take: bool,
    },
    /// Import font files into an own brand
    Fonts {
        /// The engagement file
        file: PathBuf,
        /// The id of the own brand
        brand: String,
        /// Font files (.ttf, .otf), or folders that hold some
        #[arg(required = true)]
        fonts: Vec<PathBuf>,
        /// Set text, headings and labels in the family at once
        #[arg(long)]
        take: bool,
    },
    /// Write a brand with its logos and its fonts to one file
    Save {
        /// The engagement file
        file: PathBuf,
        /// A built-in id, or the id of an own brand
        brand: String,
        /// The file to write
        output: PathBuf,
    },
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct New {
    /// The file to create; must not exist
    pub file: PathBuf,
    /// Client organisation
    #[arg(long)]
    pub client: String,
    /// Name of the audited system
    #[arg(long)]
    pub system: String,
    /// Audit packs to use: a built-in id, or a TOML or Markdown file; both built-in packs when none is given
    #[arg(long = "pack", value_name = "ID")]
    pub packs: Vec<String>,
    /// Report language
    #[arg(long, default_value = "en")]
    pub language: String,
    /// Currency, an ISO 4217 code
    #[arg(long, default_value = "EUR")]
    pub currency: String,
    /// Brand
    #[arg(long, default_value = "groma")]
    pub brand: String,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The engagement file
    pub file: PathBuf,
    /// Files or folders
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Read the files as this format instead of looking at their content
    #[arg(long = "as", value_name = "FORMAT")]
    pub as_format: Option<String>,
    /// Read the files as tables (CSV, TSV) by this mapping of their columns, and remember it: tables with the same
    /// columns are read by it from then on. `inspect --guess` writes one to begin with
    #[arg(long, value_name = "MAPPING.json", conflicts_with = "as_format")]
    pub mapping: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// What `probe` looks at.
#[derive(Debug, Subcommand)]
pub enum ProbeAct {
    /// Read a local checkout, never running anything of it; prints the facts as an artifact to import
    Code(ProbeCode),
}

/// Arguments of `probe code`.
#[derive(Debug, Args)]
pub struct ProbeCode {
    /// The checkout's folder
    pub folder: PathBuf,
    /// Write the facts to this file instead of printing them
    #[arg(short, long, value_name = "FILE", conflicts_with = "into")]
    pub output: Option<PathBuf>,
    /// Keep the facts in this engagement
    #[arg(long, value_name = "FILE.groma")]
    pub into: Option<PathBuf>,
    /// What the checkout is of; its folder's name when not given
    #[arg(long, default_value = "")]
    pub subject: String,
}

/// Arguments of `kit`.
#[derive(Debug, Args)]
pub struct Kit {
    /// The engagement file
    pub file: PathBuf,
    /// The folder to write to: new, empty, or a kit that nobody changed
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// For all checks, also those that are answered
    #[arg(long)]
    pub all: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// Files or folders
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Read the files as this format instead of looking at their content
    #[arg(long = "as", value_name = "FORMAT")]
    pub as_format: Option<String>,
    /// Try this mapping on tables (CSV, TSV): what would be measured, and every cell for which they would be refused
    #[arg(long, value_name = "MAPPING.json", conflicts_with = "as_format")]
    pub mapping: Option<PathBuf>,
    /// Write what the columns of one table seem to mean to this new file, to be corrected and given to
    /// `import --mapping`
    #[arg(long, value_name = "MAPPING.json", conflicts_with_all = ["as_format", "mapping"])]
    pub guess: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `severities`.
#[derive(Debug, Args)]
pub struct Severities {
    /// The engagement file
    pub file: PathBuf,
    /// This tool alone, by its name or by a format that is its alone
    #[arg(long, value_name = "TOOL")]
    pub tool: Option<String>,
    /// Let a word of the tool mean a severity (critical, high, medium, low, info), or what the built-in table says
    /// (built-in); the word (none) stands for issues of which the tool says no severity
    #[arg(long, value_name = "WORD=SEVERITY", requires = "tool")]
    pub set: Vec<String>,
    /// Let every word of the tool, but those that are set, mean again what the built-in table says
    #[arg(long, requires = "tool")]
    pub reset: bool,
    /// List also the tools of which nothing was imported
    #[arg(long, conflicts_with_all = ["tool", "set", "reset"])]
    pub all: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// An engagement file, and how to print.
#[derive(Debug, Args)]
pub struct OfFile {
    /// The engagement file
    pub file: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `compact`.
#[derive(Debug, Args)]
pub struct Compact {
    /// The engagement file; it stays as it is
    pub file: PathBuf,
    /// The copy to write; must not exist
    #[arg(short, long, value_name = "COPY.groma")]
    pub output: PathBuf,
    /// Leave out private notes and internal notes as well
    #[arg(long)]
    pub without_private: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// How to print.
#[derive(Debug, Args)]
pub struct Plain {
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct Report {
    /// The engagement file
    pub file: PathBuf,
    /// The template, a built-in id or a template's folder (./my-template); the engagement's own when not given
    #[arg(long, value_name = "ID|DIR")]
    pub template: Option<String>,
    /// The brand; the engagement's own when not given
    #[arg(long, value_name = "ID")]
    pub brand: Option<String>,
    /// The language: en, de, fr …; the engagement's own when not given
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// The PDF's standard: pdf-1.7, pdf-2.0, a-2b, a-2a, a-3b (with the data attached), ua-1, a-2a+ua-1; the engagement's
    /// own when not given
    #[arg(long, value_name = "STANDARD")]
    pub standard: Option<Standard>,
    /// Whom it is for: all, executive (without what only engineers need), redacted (without names, addresses and raw
    /// evidence); as the engagement says when not given
    #[arg(long, value_name = "WHOM")]
    pub audience: Option<Audience>,
    /// Where to write the PDF; beside the engagement when not given
    #[arg(short, long, value_name = "OUT.pdf")]
    pub output: Option<PathBuf>,
    /// Write the whole Typst project to this folder, to be compiled by `typst compile`; no PDF unless -o is given
    #[arg(long, value_name = "DIR")]
    pub eject: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// `diagram`.
#[derive(Debug, Args)]
pub struct Diagram {
    /// A `.dsl`, a workspace `.json`, a `.groma`, or a file or folder of sources
    pub path: PathBuf,
    /// Draw this view alone
    #[arg(long, value_name = "KEY")]
    pub view: Option<String>,
    /// Draw into this folder; without it nothing is drawn unless --format is given
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// How pictures are written; into the current folder when no other is named
    #[arg(long, value_enum)]
    pub format: Option<PictureWord>,
    /// The architecture of an engagement, by name
    #[arg(long, value_name = "NAME")]
    pub architecture: Option<String>,
    /// What is shown on the views
    #[arg(long, value_enum, default_value = "none")]
    pub overlay: OverlayWord,
    /// Refuse what the newest version of the DSL refuses
    #[arg(long)]
    pub strict: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// How pictures are written.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum PictureWord {
    /// Vectors
    Svg,
    /// Pixels
    Png,
    /// A page
    Pdf,
}

/// What is shown on views.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum OverlayWord {
    /// Nothing
    None,
    /// The worst open finding of each element
    Findings,
    /// What traces measured on the lines
    Traffic,
    /// How old each technology is
    Age,
}

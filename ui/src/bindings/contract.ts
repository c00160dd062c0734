// Generated from the Rust types by `make bindings`; do not edit.

export type Absent = { 
/** Metrics that show that the measurement was made. */ given?: Array<string>, 
/** Why it cannot be evaluated and what to do, for example how to make the tool write the percentile. */ reason?: string, 
/** What it proposes that no artifact has the metric, where its absence is itself a finding; none for *not
 * evaluable*. */ verdict?: Miss | null, };

export type Access = "code_architecture" | "staging" | "production" | "observability_export";

export type ActionGroup = { 
/** Title, for example `Immediate actions`. */ title?: string, 
/** Items. */ items?: Array<string>, };

export type AddFontsReply = { 
/** The brand as kept. */ brand: Brand, 
/** The fonts that came in. */ added: Array<AddedFont>, 
/** The files that did not. */ refused: Array<RefusedFont>, 
/** What changed; nothing when no font came in. */ changes: Changes | null, };

export type AddedFont = { 
/** The font. */ font: BrandFont, 
/** Letters of the report's language that it lacks, the first of them; empty when it has all. */ lacks: string, };

export type Adjustment = { 
/** The brand's field. */ field: string, 
/** The colour, `#rrggbb`. */ colour: string, };

export type Aggregation = "all" | "any" | "worst" | "share" | "latest";

export type Allocation = { 
/** The role; none when nobody known does it. */ role: Id | null, 
/** The role's name. */ name: string, 
/** FTE from start to end. */ fte: number, 
/** Person-days in all. */ person_days: number, 
/** Whether it was planned without regard to the role's capacity. */ over_capacity: boolean, 
/** The load day by day, equal days joined. */ runs: Array<Run>, };

export type Anchor = "start" | "middle" | "end";

export type Answer = { 
/** Id. */ id: Id, 
/** The pack's own id. */ pack: string, 
/** The check's id within the pack, for example `1.4`. */ check: string, 
/** How far the work is. */ status: WorkStatus, 
/** The assessor's verdict. `NotAssessed` until confirmed. */ verdict: Verdict, 
/** Measured value as confirmed, in `unit`. */ value: number | null, 
/** Unit of the value. */ unit: string, 
/** What was chosen among the check's choices, or written beside them. */ choices: Array<string>, 
/** What was filled into the check's blanks, by the blank's id. */ blanks: { [key in string]: string }, 
/** What was seen (Markdown). */ note: string, 
/** Why it does not apply; required with `NotApplicable`. */ reason: string, 
/** Why the assessor differs from the proposal; required when they differ. */ override_reason: string, 
/** The measurements the confirmed verdict rests on. */ sources: Array<Id>, 
/** Who confirmed. */ author: string, 
/** When confirmed. */ confirmed_at: string | null, 
/** What the measurements say now; kept up to date by imports, never touches the verdict. */ proposal: Proposal | null, };

export type AnswerRow = { 
/** The pack. */ pack: string, 
/** Section or area id. */ section: string, 
/** Section or area title. */ section_title: string, 
/** The check's id. */ check: string, 
/** The check's title. */ title: string, 
/** When it passes, in words. */ threshold: string, 
/** Id of the answer, when there is one. */ id: Id | null, 
/** How far the work is. */ status: WorkStatus, 
/** The confirmed verdict. */ verdict: Verdict, 
/** The confirmed value. */ value: number | null, 
/** Its unit. */ unit: string, 
/** What was chosen among the check's choices, or written beside them. */ choices: Array<string>, 
/** What was filled into the check's blanks, by the blank's id. */ blanks: { [key in string]: string }, 
/** What was seen. */ note: string, 
/** Why it does not apply. */ reason: string, 
/** Why it differs from the proposal. */ override_reason: string, 
/** Measurements it rests on. */ sources: Array<Id>, 
/** Who confirmed it. */ author: string, 
/** What the measurements say now. */ proposal: Proposal | null, };

export type AnswersReply = { 
/** One row a check. */ answers: Array<AnswerRow>, };

export type AppError = { 
/** What kind of error; a code exists only where someone branches on it. */ code: Code, 
/** What happened, to which file or object. */ message: string, 
/** What to do about it. */ hint: string | null, 
/** The field of the command or object that is wrong. */ field: string | null, };

export type Appendix = { 
/** Id, unique in the pack. */ id?: string, 
/** Title. */ title?: string, 
/** What belongs there. */ hint?: string, };

export type Architecture = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** Name: `As found`, `Target`. */ name: string, 
/** Whether it is the target rather than what was found. */ target: boolean, 
/** The model as a text in the Structurizr DSL: as it was written, or as made from the model. */ text: string, 
/** The model as Structurizr's workspace JSON, without places. It says what the text says, and what only JSON can. */ workspace: string, 
/** Where a person put elements and lines. */ places: { [key in string]: ViewPlaces }, };

export type ArchitectureParts = { 
/** Elements, in order of definition. */ elements: Array<ElementRow>, 
/** Relations that somebody wrote, in order of definition. */ relations: Array<RelationRow>, 
/** Views, in their order. */ views: Array<ViewRow>, 
/** Environments in which something runs. */ environments: Array<string>, 
/** Perspectives that something is seen from. */ perspectives: Array<string>, };

export type ArchitectureReply = { 
/** The architecture. */ architecture: Architecture, 
/** Remarks on what was read. */ remarks: Array<Remark>, 
/** Keys of elements that were added by an edit, in order. */ added: Array<string>, 
/** What changed. */ changes: Changes, };

export type Area = { 
/** Id, unique in the pack. */ id?: string, 
/** Title. */ title?: string, 
/** What the area is about (Markdown). */ intro?: string, 
/** Ids of the rubric's columns that speak of this area. */ rubric_columns?: Array<string>, 
/** Its checks, in order. */ checks?: Array<Check>, 
/** Its typed tables, in order. */ tables?: Array<Table>, 
/** What in the evidence speaks for or against a level. */ signals?: Array<Signal>, };

export type AreaLift = { 
/** The pack's own id. */ pack: string, 
/** The area's id within the pack. */ area: string, 
/** The level that it allows. */ level: Level, };

export type AreaOutcome = { 
/** The pack's own id. */ pack: string, 
/** The area's id within the pack. */ area: string, 
/** Level found. */ current: Level | null, 
/** Level wanted. */ target: Level | null, 
/** Level with what is done. */ expected: Level | null, };

export type AreaScore = { 
/** Id. */ id: string, 
/** Title. */ title: string, 
/** Level found, or null. */ level: Level | null, 
/** Level wanted, or null. */ target: Level | null, };

export type AreaSuggestion = { 
/** The pack. */ pack: string, 
/** The area's id. */ area: string, 
/** The level, with what speaks for and against it. */ suggestion: Suggestion, };

export type Artifact = { 
/** Id. */ id: Id, 
/** File name as it came, without folders. */ name: string, 
/** Path below the imported folder, `/`-separated; equals `name` for a single file. */ path: string, 
/** SHA-256 of the kept bytes, lower-case hex. */ sha256: string, 
/** Length of the kept bytes. */ bytes: number, 
/** Id of the format it was read as. */ format: string, 
/** Tool that wrote it. */ tool: string, 
/** Version of the tool, or empty. */ tool_version: string, 
/** When the tool captured it, if the file says so. */ captured_at: string | null, 
/** When it was imported. */ imported_at: string | null, 
/** What it is about, for example `checkout service, staging`. */ subject: string, 
/** Number of issues in it, every raw occurrence counted. */ issues: number, 
/** Number of measurements in it. */ measurements: number, 
/** Number of secrets masked at import; with any, the kept bytes are the masked ones. */ masked: number, 
/** The consultant's remark (Markdown). */ note: string, 
/** Diagnostics of the import, for the record. */ diagnostics: Array<Diagnostic>, 
/** The earlier artifact of which this is a newer state: the same tool and subject, captured later. What the earlier
 * one says no longer decides anything. */ replaces: Id | null, };

export type Assessment = { 
/** Id. */ id: Id, 
/** The pack's own id. */ pack: string, 
/** The area's id within the pack. */ area: string, 
/** Level found. */ level: Level | null, 
/** Level wanted. */ target: Level | null, 
/** Why this level (Markdown). */ justification: string, 
/** What it rests on (Markdown). */ evidence: string, 
/** Rows of the area's typed tables, by the table's id in the pack. */ tables: { [key in string]: Array<{ [key in string]: string }> }, };

export type Audience = "all" | "executive" | "redacted";

export type Band = { 
/** Id, for example `production_ready`. */ id?: string, 
/** Lowest percentage that belongs to it, 0 to 100. */ min_percent?: number, 
/** Title. */ title?: string, 
/** What follows from it. */ meaning?: string, };

export type BatchReply = { 
/** What each command answered, in order; what changed is told once, for all. */ answers: Array<JsonValue>, 
/** What all of them changed. */ changes: Changes, };

export type Blank = { 
/** Id, unique within the check. */ id?: string, 
/** Label. */ label?: string, 
/** Unit, for example `%`; empty for text. */ unit?: string, 
/** What is wanted, for example `80 or more`. */ target?: string, };

export type BlockedInitiative = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** What it waits for and is not done. */ waits_for: Array<Id>, 
/** The same in English. */ sentence: string, };

export type Bounds = { 
/** Metric of the mean. */ mean?: string, 
/** Metric of the standard deviation. */ stddev?: string, 
/** Metric of the maximum. */ max?: string, 
/** The quantile, for example 0.99. */ quantile?: number, };

export type Brand = { 
/** Id. */ id: Id, 
/** Name; also the logo's text alternative. */ name: string, 
/** The colour of fields, rules and headings, `#rrggbb`. */ primary: string, 
/** The colour of signals, `#rrggbb`. */ secondary: string, 
/** The colour of text, `#rrggbb`. */ ink: string, 
/** Family of headings. */ heading_font: string, 
/** Family of text. */ body_font: string, 
/** Family of labels and captions. */ label_font: string, 
/** Family of code. */ mono_font: string, 
/** How the cover is made. */ cover: BrandCover, 
/** How tables are drawn. */ tables: BrandTables, 
/** Printed at the foot of every page, beside client and system. */ footer: string, 
/** Printed under document control instead of the template's own text. */ legal: string, 
/** The logo, an image of the engagement; none prints the firm's name. */ logo: Id | null, 
/** The logo for dark grounds; without it the other stands there on white. */ logo_dark: Id | null, 
/** Font files of its own, beside those that are built in. */ fonts: Array<BrandFont>, };

export type BrandCover = "band" | "minimal" | "column" | "frame";

export type BrandFont = { 
/** SHA-256 of its bytes. */ sha256: string, 
/** The file's name as it was given. */ file: string, 
/** The family that it belongs to, as the font says. */ family: string, 
/** Its style's name, for example `SemiBold Italic`. */ style: string, 
/** Its lightest weight, 100 to 900. */ lightest: number, 
/** Its heaviest weight: that of the lightest, unless the font is variable. */ heaviest: number, 
/** Whether it has upright letters. */ upright: boolean, 
/** Whether it has slanted letters. */ italic: boolean, 
/** Its length in bytes. */ bytes: number, };

export type BrandReply = { 
/** The brand. */ brand: Brand, 
/** What changed. */ changes: Changes, };

export type BrandTables = "bands" | "rules";

export type BudgetCost = { 
/** The line. */ line: Id, 
/** What it is for. */ title: string, 
/** The phase that pays. */ phase: Id | null, 
/** Once. */ once: MoneyRange, 
/** Each year. */ yearly: MoneyRange, };

export type BudgetLine = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** Category. */ category: string, 
/** What it is for. */ title: string, 
/** The phase that pays, or none for all. */ phase: Id | null, 
/** Spent once. */ once: MoneyRange, 
/** Each year. */ yearly: MoneyRange, 
/** Remark. */ note: string, };

export type BudgetSuggestion = { 
/** Category. */ category?: string, 
/** What it pays for. */ note?: string, };

export type CalculateOutput = { 
/** Id. */ id: string, 
/** The number. */ value: number, 
/** The number as it is shown, or the state's word. */ text: string, };

export type CalculateReply = { 
/** The outputs in the pack's order. */ outputs: Array<CalculateOutput>, };

export type Calculator = { 
/** Id, unique in the pack. */ id?: string, 
/** Title. */ title?: string, 
/** What it tells (Markdown). */ intro?: string, 
/** The formula. */ formula?: Formula | null, 
/** The formula in words, and where it comes from (Markdown). */ explanation?: string, 
/** Checks it helps with. */ checks?: Array<string>, 
/** Inputs. */ inputs?: Array<Quantity>, 
/** Outputs. */ outputs?: Array<Quantity>, };

export type Candidate = { 
/** Key, stable across re-imports. */ key: string, 
/** Title as a claim. */ title: string, 
/** Severity it would have. */ severity: Severity, 
/** Who said so. */ severity_origin: SeverityOrigin, 
/** Raw occurrences: of a call, how often it was seen; 1 for a check and for a call that was not seen. */ count: number, 
/** How many of them the tool suppressed. */ suppressed: number, 
/** Where it stands, or why it fails. */ detail: string, 
/** What became of it, when it is decided; merged as well when a finding names the check or has it as evidence. */ outcome: DecisionOutcome | null, 
/** The finding it became or was merged into. */ finding: Id | null, };

export type CapState = "under" | "tight" | "over";

export type CapacityCost = { 
/** The line. */ line: Id, 
/** The role. */ role: Id, 
/** First day, an open one filled. */ from: string, 
/** Last day, an open one filled. */ to: string, 
/** Working days from the first to the last day. */ working_days: number, 
/** FTE × working days. */ person_days: number, 
/** The line's rate, else the role's. */ day_rate: Money, 
/** Person-days × rate. */ cost: Money, };

export type CapacityView = { 
/** By role, then line. */ lines: Array<CapacityCost>, 
/** Sum of the lines. */ total: Money, };

export type CauseBox = { 
/** What it stands for. */ part: CausePart, 
/** The finding or symptom. */ object: Id, 
/** Left edge, points. */ x: number, 
/** Upper edge, points. */ y: number, 
/** Width, points. */ w: number, 
/** Height, points. */ h: number, };

export type CauseLine = { 
/** The cause. */ cause: Id, 
/** The effect or symptom. */ effect: Id, 
/** Its corners, points; the arrow stands at the last. */ points: Array<[number, number]>, };

export type CauseLink = { 
/** What causes. */ cause: Id, 
/** What is caused. */ effect: Id, };

export type CauseMap = { 
/** The root whose map it is, where maps are split. */ root: Id | null, 
/** The area whose map it is, or empty. */ area: string, 
/** Width, points. */ width: number, 
/** Height, points. */ height: number, 
/** Whether boxes have room for titles. */ titled: boolean, 
/** Boxes. */ boxes: Array<CauseBox>, 
/** Lines. */ lines: Array<CauseLine>, 
/** Elements that found no room. */ left_out: number, };

export type CausePart = "symptom" | "effect" | "root";

export type Causes = { 
/** Which finding causes which. */ links: Array<CauseLink>, 
/** Root causes: those on which most symptoms hang first, then most effects, then by number. */ roots: Array<RootCause>, 
/** The graph drawn: as a whole, or one map a root where the whole would be too much to take in. */ maps: Array<CauseMap>, 
/** The graph around the findings of each area, in the order in which areas first appear. */ areas: Array<CauseMap>, };

export type Cell = { 
/** Likelihood, 1 to 5. */ likelihood: number, 
/** Impact, 1 to 5. */ impact: number, 
/** Likelihood × impact. */ score: number, 
/** Band of the score. */ band: RiskBand, 
/** Number of risks in it. */ count: number, 
/** The risks, by number, then id. */ risks: Array<Id>, };

export type CellFault = "no_number" | "no_time" | "other_unit" | "no_share" | "no_switch" | "other_length";

export type Change = { 
/** Its kind. */ kind: Kind, 
/** Its id. */ id: Id, 
/** What happened to it. */ change: ChangeKind, 
/** The fields that differ, when it was updated; else empty. */ fields: Array<string>, };

export type ChangeKind = "inserted" | "updated" | "deleted";

export type Changed = { 
/** The object as it is now; null when it was deleted. */ object: JsonValue, 
/** What changed. */ changes: Changes, };

export type Changes = { 
/** The operation. */ op: string, 
/** The step in the history; none when nothing changed, and then no step was made. */ step: Id | null, 
/** The changed objects, in the order in which they were first touched. */ changed: Array<Change>, };

export type Check = { 
/** Id, unique in the pack, for example `1.4`. */ id?: string, 
/** Title, a few words. */ title?: string, 
/** The statement that is true when the check passes. */ statement?: string, 
/** Importance, 1 (least) to 5; 0 means 3. */ weight?: number, 
/** Severity of the finding that a failure proposes; `info` when not given. */ severity?: Severity, 
/** Answers to choose from, for example architecture styles. */ choices?: Array<string>, 
/** Whether several choices may be taken. */ multiple?: boolean, 
/** Whether another answer than the choices may be written. */ other?: boolean, 
/** Blanks to be filled in. */ blanks?: Array<Blank>, 
/** How to find out (Markdown). */ method?: string, 
/** What usually mends a failure, in a sentence or two (Markdown). */ remedy?: string, 
/** When the check does not apply (Markdown). */ not_applicable_when?: string, 
/** Areas that the answer speaks to: `area` of this pack or `pack/area` of another. */ areas?: Array<string>, 
/** When it passes. */ threshold?: Threshold, 
/** Why only a person can answer it, in a sentence; empty where rules can. */ person?: string, 
/** The same in other languages, by language (`de`). */ person_in?: { [key in string]: string }, 
/** Commands and queries. */ commands?: Array<Command>, 
/** Starting point for the finding of a failure. */ finding?: FindingText, };

export type CheckReply = { 
/** Problems that must not reach a client. */ errors: number, 
/** Problems that should be looked at. */ warnings: number, 
/** All of them, errors first. */ problems: Array<Problem>, 
/** Sections of the report that have nothing to say yet, and so are not printed. */ empty_sections: Array<string>, };

export type ChosenSeverity = { 
/** The tool's word, in any case; empty for issues of which the tool says nothing. */ word: string, 
/** What it means. */ severity: Severity, };

export type Code = "usage" | "refused" | "not_found" | "cancelled" | "failed";

export type Colour = string;

export type Column = { 
/** Id, unique in the table; the key of the cells. */ id?: string, 
/** Title. */ title?: string, 
/** What it takes. */ type?: ColumnType, 
/** Choices of a `choice` or `status` column, worst last. */ choices?: Array<string>, 
/** Unit of a `number` column. */ unit?: string, };

export type ColumnKind = "time" | "number" | "text" | "empty";

export type ColumnShape = { 
/** Its name; `column 3` where it has none, ` (2)` behind a name that is there before. */ name: string, 
/** What most of its cells are. */ kind: ColumnKind, 
/** The unit that its name or its cells tell, or empty. */ unit: string, 
/** Cells with nothing in them. */ blank: number, };

export type ColumnType = "text" | "number" | "rating" | "level" | "choice" | "status" | "severity";

export type Combine = "all" | "any";

export type Command = { 
/** What it does, in a few words. */ label?: string, 
/** `shell`, `sql`, `promql` or another language's name. */ language?: string, 
/** The text, ready to run; `<ANGLE_BRACKETS>` or shell variables mark what must be filled in. */ text?: string, 
/** A file beside the pack that holds the text; replaced by `text` when the pack is read. */ file?: string, 
/** What to look at in the output. */ note?: string, 
/** Id of the import format that reads the output; empty when none does. */ yields?: string, };

export type CompactReply = { 
/** The copy. */ path: string, 
/** Steps of the history that were left out. */ steps: number, 
/** Removed artifacts that were left out. */ artifacts: number, 
/** Contents of files and pictures that were left out. */ contents: number, 
/** Private notes that were left out, and findings whose internal notes were. */ notes: number, 
/** Pictures that go along only as they are printed. */ printed_only: number, };

export type Comparator = "<" | "<=" | ">" | ">=" | "=" | "!=" | "one_of" | "none_of";

export type Condition = { 
/** Metric. */ metric?: string, 
/** How it is compared. */ op?: Comparator, 
/** Number it is compared with. */ value?: number, 
/** Unit of `value`. */ unit?: string, 
/** What to say when it does not hold, for example `fewer than 100 requests`. */ reason?: string, 
/** Whether other artifacts are asked where the own has no such metric; all their values must hold. */ anywhere?: boolean, 
/** What happens when the metric is not there. */ if_absent?: IfAbsent, };

export type Confidence = "high" | "medium" | "low";

export type ContrastReply = { 
/** Every pair that the brand prints. */ rows: Array<ContrastRow>, 
/** For each field of a pair that is not enough, the nearest colour with which all its pairs are. */ adjustments: Array<Adjustment>, 
/** Text of the primary colour is printed in this one, dark enough for paper. */ primary_text: string, 
/** Text of the secondary colour is printed in this one. */ secondary_text: string, };

export type ContrastRow = { 
/** What meets. */ pair: Pair, 
/** The brand's field that would be adjusted. */ field: string, 
/** The ratio, 1 to 21. */ ratio: number, 
/** The least that AA asks for. */ least: number, 
/** Whether it is enough. */ enough: boolean, };

export type Cost = { 
/** By number, then id. */ initiatives: Array<InitiativeCost>, 
/** By rank, then id. */ budget: Array<BudgetCost>, 
/** By rank, then id. */ trainings: Array<TrainingCost>, 
/** By phase number; what has no phase last, when there is any. */ phases: Array<PhaseCost>, 
/** By role. */ roles: Array<RoleTotal>, 
/** Sum of the phases. */ total: CostParts, 
/** Contingency, percent of the likely one-off cost. */ contingency_percent: number, 
/** The second view. */ capacity: CapacityView, };

export type CostParts = { 
/** Person-days, estimated initiatives only. */ effort: Effort, 
/** Work of the initiatives. */ work: MoneyRange, 
/** Build cost of the initiatives. */ build: MoneyRange, 
/** Budget lines, once. */ budget: MoneyRange, 
/** Trainings. */ training: MoneyRange, 
/** Sum of work, build, budget and training. */ once: MoneyRange, 
/** Run cost and yearly budget lines. */ yearly: MoneyRange, 
/** Contingency on the likely one-off cost. */ contingency: Money, 
/** Likely one-off cost with contingency. */ with_contingency: Money, };

export type CreateReply = { 
/** The packs that it uses. */ packs: Array<PackReply>, };

export type Criterion = { 
/** Which criterion. */ rule: QuickWinRule, 
/** Whether it holds. */ met: boolean, 
/** What decided. */ reason: CriterionReason, 
/** The reason in English. */ sentence: string, };

export type CriterionReason = { "code": "effort_days", 
/** Likely person-days. */ days: number, 
/** Most that a quick win may take. */ limit: number, } | { "code": "impact", 
/** Impact, 1 to 5. */ impact: number, 
/** Least that a quick win must have. */ limit: number, } | { "code": "not_estimated" } | { "code": "waits_for_nothing" } | { "code": "waits_for", 
/** How they are shown; an initiative that does not exist is shown by its id. */ labels: Array<string>, } | { "code": "reversible" } | { "code": "not_reversible" } | { "code": "roles", 
/** How many. */ count: number, };

export type Crop = { 
/** Left edge. */ x: number, 
/** Upper edge. */ y: number, 
/** Width. */ width: number, 
/** Height. */ height: number, };

export type Decision = { 
/** Id. */ id: Id, 
/** The candidate's key: `issue:<tool>:<rule>:<component>` or `check:<pack>:<check>`; for what a retest proposes
 * `retest:<finding>:<SHA-256 of the newer artifacts, shortened>`. */ candidate: string, 
/** What became of it. */ outcome: DecisionOutcome, 
/** The finding it became or was merged into. */ finding: Id | null, 
/** Why. */ reason: string, };

export type DecisionOutcome = "accepted" | "merged" | "dismissed";

export type DemandMonth = { 
/** Person-days that the schedule needs. */ demand_days: number, 
/** Person-days that the resource lines give. */ capacity_days: number, 
/** The demand as FTE. */ demand_fte: number, 
/** The capacity as FTE. */ capacity_fte: number, };

export type Dependency = { 
/** The initiative that comes first. */ on: Id, 
/** Working days between its end and this one's start. */ lag_days: number, };

export type Diagnostic = { 
/** How much it matters. */ level: DiagnosticLevel, 
/** What, where and what to do about it. */ message: string, 
/** 1-based line, where known. */ line: number | null, };

export type DiagnosticLevel = "note" | "warning" | "error";

export type Diagram = { 
/** Id. */ id: Id, 
/** Place in the report. */ rank: number, 
/** Title. */ title: string, 
/** Which view it is. */ kind: DiagramKind, 
/** Whether it shows the target rather than what was found. */ target: boolean, 
/** The picture; with an architecture, one that is placed beside the view. */ image: Id | null, 
/** The architecture of which it shows a view. */ architecture: Id | null, 
/** The key of that view. */ view: string, 
/** What is shown on it. */ overlay: DiagramOverlay, 
/** The perspective that is shown, by name. */ perspective: string, 
/** Caption that says what it means. */ caption: string, 
/** Text alternative. */ alt: string, 
/** What to see in it (Markdown). */ description: string, };

export type DiagramKind = "landscape" | "context" | "container" | "component" | "deployment" | "dynamic" | "other";

export type DiagramOverlay = "none" | "findings" | "traffic" | "age" | "perspective";

export type DiagramsReply = { 
/** The model in figures: elements by kind, relationships, views, diagnostics. */ summary: JsonValue, 
/** The pictures that were written. */ pictures: Array<DrawnPicture>, 
/** Remarks on what was read. */ remarks: Array<Remark>, };

export type DifferenceChange = "added" | "removed" | "changed";

export type DifferenceField = { 
/** `name`, `technology`, `property owner`, … */ field: string, 
/** What it was; empty: nothing. */ before: string, 
/** What it is; empty: nothing. */ after: string, };

export type DocumentVersion = { 
/** Version label, for example `1.0`. */ version: string, 
/** Date of the version. */ date: string | null, 
/** Who made it. */ author: string, 
/** What changed. */ note: string, };

export type Drawing = { 
/** Key of the view. */ key: string, 
/** What it shows: `container`, `deployment`, … */ kind: string, 
/** Its title, also when it is not drawn. */ title: string, 
/** What it tells; may be empty. */ description: string, 
/** What is on it, in a sentence, for who does not see it. */ alt: string, 
/** Width. */ width: number, 
/** Height. */ height: number, 
/** Points per pixel of saved positions. */ scale: number, 
/** Where the saved position (0, 0) is. */ origin: Point, 
/** Size of the smallest type on it. */ smallest_text: number, 
/** Whether it is made for a page that is turned. */ turned: boolean, 
/** Whether a person placed what is on it. */ manual: boolean, 
/** What it is drawn on. */ paper: Colour, 
/** Family of all its type. */ family: string, 
/** What whoever uses it should know. */ warnings: Array<DrawingWarning>, 
/** Boxes around others: systems, containers, groups, nodes; each after the one that it is within. */ boundaries: Array<DrawnBoundary>, 
/** Lines. */ lines: Array<DrawnLine>, 
/** Boxes. */ boxes: Array<DrawnBox>, 
/** Title and legend. */ furniture: Array<Shape>, 
/** What can be counted of how good it is. */ quality: DrawingQuality, };

export type DrawingQuality = { 
/** Pairs of boxes that lie over one another and are not within each other. */ overlapping_boxes: number, 
/** Boxes that stand out of the one that they are within. */ escaped_boxes: number, 
/** Lines that run through a box which is not theirs, or through their own. */ lines_through_boxes: number, 
/** Texts of lines that lie on a box, or over the side of one. */ labels_on_boxes: number, 
/** Texts of lines that lie on another text. */ labels_on_labels: number, 
/** Lines that run through the title of a boundary. */ lines_through_titles: number, 
/** Titles of boundaries that lie on the text of a line, on a box or on another title. */ titles_on_others: number, 
/** Lines that run through the text of another. */ lines_through_labels: number, 
/** Lines that run along on another. */ lines_on_lines: number, 
/** Parts of lines that are neither upright nor level, but for those that a person bent. */ diagonals: number, 
/** Texts that stand out of what they belong to, and what stands out of the page. */ texts_outside: number, 
/** Where lines cross. */ crossings: number, 
/** Bends of all lines. */ bends: number, };

export type DrawingWarning = { "warning": "crowded", 
/** How many elements there are. */ elements: number, 
/** Parts to draw instead. */ parts: Array<ProposedPart>, } | { "warning": "small_text", 
/** Size of the smallest. */ points: number, 
/** Parts to draw instead. */ parts: Array<ProposedPart>, } | { "warning": "shortened", 
/** Name of the element. */ element: string, } | { "warning": "missing_glyphs", 
/** The characters, each once, twenty at most. */ characters: string, } | { "warning": "missing_image", 
/** What it is called. */ name: string, 
/** What to do about it. */ remedy: string, } | { "warning": "spread", 
/** How many times as far. */ factor: number, };

export type DrawnBoundary = { 
/** Name of the element; of a group, none. */ element: string | null, 
/** Its id in the workspace's JSON; of a group, empty. */ id: string, 
/** `software_system`, `deployment_node`, `group`, … */ kind: string, 
/** Its name. */ name: string, 
/** The boundary that it is in, in `boundaries`. */ parent: number | null, 
/** Where it is. */ rect: Rect, 
/** Where its name is. */ label: Rect, 
/** What an overlay says of it; may be empty. */ marks: Array<StatusMark>, 
/** What it is, in a sentence. */ alt: string, 
/** How it is drawn. */ shapes: Array<Shape>, };

export type DrawnBox = { 
/** Name of the element that survives edits; `Model::key`. */ element: string, 
/** Its id in the workspace's JSON. */ id: string, 
/** `person`, `software_system`, … */ kind: string, 
/** Its name. */ name: string, 
/** The boundary that it is in, in `boundaries`. */ parent: number | null, 
/** Where it is. */ rect: Rect, 
/** The position that keeps it here, for `ElementView`. */ saved: [number, number], 
/** What an overlay says of it; may be empty. */ marks: Array<StatusMark>, 
/** What it is, in a sentence. */ alt: string, 
/** How it is drawn. */ shapes: Array<Shape>, };

export type DrawnLine = { 
/** Its id in the workspace's JSON. */ id: string, 
/** Which step it is, of a dynamic view; else empty. */ order: string, 
/** Name of the element where it begins; of an answer, the one that asked is still the source. */ source: string, 
/** Name of the element where it ends. */ destination: string, 
/** Its way, from source to destination. */ points: Array<Point>, 
/** Whether a person placed its bends. */ manual: boolean, 
/** Where its text is. */ label: Rect | null, 
/** What it is, in a sentence. */ alt: string, 
/** How it is drawn. */ shapes: Array<Shape>, };

export type DrawnPicture = { 
/** Key of the view, or of a part of it. */ view: string, 
/** The file. */ path: string, 
/** What whoever uses it should know. */ warnings: Array<string>, };

export type Edit = { "edit": "add_element", 
/** What it is. */ kind: ElementKind, 
/** Its name; of an instance, empty. */ name: string, 
/** Key of the element that it is within. */ parent: string | null, 
/** What it does. */ description: string, 
/** What it is built with. */ technology: string, 
/** The environment of what runs; that of its parent when not given. */ environment: string, 
/** Key of the system or container that an instance is of. */ instance_of: string | null, 
/** Key of the view on which it is shown. */ view: string | null, 
/** Where, in Structurizr's pixels. */ at: [number, number] | null, } | { "edit": "update_element", 
/** Its key. */ element: string, 
/** Its name. */ name: string | null, 
/** What it does. */ description: string | null, 
/** What it is built with. */ technology: string | null, 
/** Its tags beside those of its kind. */ tags: Array<string> | null, 
/** An address to read more. */ url: string | null, 
/** The group that it is drawn in; empty for none. */ group: string | null, } | { "edit": "delete_element", 
/** Its key. */ element: string, } | { "edit": "add_relation", 
/** Key of who needs the other. */ source: string, 
/** Key of who is needed. */ destination: string, 
/** What for. */ description: string, 
/** By what means. */ technology: string, } | { "edit": "update_relation", 
/** Its id. */ relation: string, 
/** What for. */ description: string | null, 
/** By what means. */ technology: string | null, 
/** Its tags beside the one that all have. */ tags: Array<string> | null, } | { "edit": "delete_relation", 
/** Its id. */ relation: string, } | { "edit": "add_view", 
/** What it shows. */ kind: ViewKind, 
/** Its key; made up when not given. */ key: string, 
/** Key of the element that it is about. */ scope: string | null, 
/** The environment of a deployment view. */ environment: string, 
/** Its title. */ title: string, } | { "edit": "update_view", 
/** Its key. */ view: string, 
/** Its title. */ title: string | null, 
/** What it tells. */ description: string | null, } | { "edit": "split_view", 
/** Its key. */ view: string, } | { "edit": "delete_view", 
/** Its key. */ view: string, } | { "edit": "show", 
/** Key of the view. */ view: string, 
/** Key of the element. */ element: string, } | { "edit": "hide", 
/** Key of the view. */ view: string, 
/** Key of the element. */ element: string, } | { "edit": "add_step", 
/** Key of the view. */ view: string, 
/** Key of who acts. */ source: string, 
/** Key of who is asked. */ destination: string, 
/** What happens. */ description: string, 
/** Whether it answers: then source and destination are those of the arrow, and it is drawn against it. */ response: boolean, } | { "edit": "delete_step", 
/** Key of the view. */ view: string, 
/** Its place among the steps, from 0. */ step: number, } | { "edit": "place", 
/** Key of the view. */ view: string, 
/** Upper left corners by the elements' keys, in Structurizr's pixels. */ elements: { [key in string]: [number, number] }, } | { "edit": "bend", 
/** Key of the view. */ view: string, 
/** The relationship's id. */ relation: string, 
/** Which step, on a dynamic view. */ order: string, 
/** The bends from source to destination, in Structurizr's pixels; 100 at most. */ bends: Array<[number, number]>, 
/** Where the text is along the line, per cent from the source: 1 to 100. */ position: number | null, } | { "edit": "unplace", 
/** Key of the view. */ view: string, 
/** Keys of the elements; all elements and lines when none is given. */ elements: Array<string>, };

export type EditImageReply = { 
/** The image. */ image: Image, 
/** What changed. */ changes: Changes, };

export type Editorial = "draft" | "in_review" | "approved";

export type Edits = { 
/** The part that is kept; all of it when none. */ crop: Crop | null, 
/** What is drawn on it: redactions first, then the others in this order. */ marks: Array<Mark>, 
/** The result's longest edge in pixels; a picture is only ever made smaller. */ longest: number | null, };

export type Effort = { 
/** Optimistic. */ low: number, 
/** Likely. */ likely: number, 
/** Pessimistic. */ high: number, };

export type ElementDifference = { 
/** What became of it. */ change: DifferenceChange, 
/** Key ([`Model::key`]) in the later model; of what is gone, in the earlier. */ key: string, 
/** Key in the earlier model, where it was there. */ key_before: string | null, 
/** What it is. */ kind: ElementKind, 
/** Its name. */ name: string, 
/** The fields that changed; none of what is new or gone. */ fields: Array<DifferenceField>, };

export type ElementKind = "person" | "software_system" | "container" | "component" | "custom_element" | "deployment_node" | "infrastructure_node" | "software_system_instance" | "container_instance";

export type ElementRow = { 
/** Its key. */ key: string, 
/** What it is. */ kind: ElementKind, 
/** Its name. */ name: string, 
/** What it does. */ description: string, 
/** What it is built with. */ technology: string, 
/** Tags beside those of its kind. */ tags: Array<string>, 
/** An address to read more; may be empty. */ url: string, 
/** The group that it is drawn in. */ group: string | null, 
/** Key of the element that it is within. */ parent: string | null, 
/** The environment of what runs. */ environment: string, 
/** Where it was read from, when it was derived. */ source: string | null, 
/** Numbers of the findings that name it. */ findings: Array<number>, };

export type Employment = "internal" | "external";

export type Endpoints = "any" | "read" | "write";

export type Engagement = { 
/** Id. */ id: Id, 
/** The consultant's own reference, for example `MPG-2026-04`. */ reference: string, 
/** Client organisation. */ client: string, 
/** Name of the audited system. */ system: string, 
/** What the system does, in a paragraph (Markdown). */ system_description: string, 
/** Primary programming language. */ primary_language: string, 
/** Architecture style, for example `modular monolith`. */ architecture_style: string, 
/** Who audits. */ auditors: Array<Person>, 
/** The auditors' firm. */ firm: string, 
/** Who commissioned the audit at the client. */ sponsor: Person, 
/** First day of the audit. */ starts: string | null, 
/** Last day of the audit. */ ends: string | null, 
/** Date printed on the report; the report's only notion of *today*. */ report_date: string | null, 
/** What access was given. */ access: Array<Access>, 
/** Terms of the access, accounts, windows (Markdown). */ access_notes: string, 
/** Reference of the non-disclosure agreement, or empty. */ nda: string, 
/** Classification label printed on every page, for example `Confidential`. */ classification: string, 
/** What was looked at (Markdown). */ scope: string, 
/** What was not looked at, and why (Markdown). */ out_of_scope: string, 
/** How the audit was done (Markdown). */ method: string, 
/** What limits the result's validity (Markdown). */ limits: string, 
/** The verdict: the executive summary's first words (Markdown). */ verdict: string, 
/** The executive summary's body (Markdown). */ summary: string, 
/** What the reader is asked to decide (Markdown). */ ask: string, 
/** The state found, in a sentence (Markdown). */ current_state: string, 
/** The state wanted, in a sentence (Markdown). */ target_state: string, 
/** The architecture as found (Markdown). */ architecture: string, 
/** The target architecture and its options (Markdown). */ target_architecture: string, 
/** Code metrics worth an appendix (Markdown). */ code_metrics: string, 
/** Assumptions behind roadmap and costs (Markdown). */ assumptions: string, 
/** How urgent the whole is. */ priority: Priority, 
/** Estimated effort to modernise, in words. */ modernisation_effort: string, 
/** First day of the roadmap; D+30, D+60 and D+90 count from here. */ roadmap_start: string | null, 
/** Days on which nobody works, besides Saturdays and Sundays. */ holidays: Array<string>, 
/** Contingency on the budget, in percent of the likely cost. */ contingency_percent: number, 
/** Report language, a BCP 47 tag such as `en`. */ language: string, 
/** ISO 4217 code, for example `EUR`. */ currency: string, 
/** Id of the brand. */ brand: string, 
/** Id of the report template. */ template: string, 
/** What templates' settings are set to; those not named are as the template says. */ template_settings: { [key in string]: { [key in string]: SettingValue } }, 
/** Whom the report is for. */ audience: Audience, 
/** The standard of its PDF. */ standard: Standard, 
/** The client's logo, an image, for covers and heads. */ client_logo: Id | null, 
/** The client's logo for dark grounds. */ client_logo_dark: Id | null, 
/** Version of the document as it stands. */ version: string, 
/** Document history, oldest first. */ versions: Array<DocumentVersion>, 
/** Who receives the report. */ distribution: Array<Person>, 
/** Who reviewed it. */ reviewers: Array<Person>, 
/** Terms of this engagement, beside the glossary of the template. */ glossary: Array<GlossaryTerm>, 
/** Sections left out or moved, for each template; sections not named follow in the template's order. */ sections: { [key in string]: Array<SectionChoice> }, 
/** Words that are right in this engagement, whatever a dictionary says. */ words: Array<string>, };

export type Entry = { 
/** Its id. */ id: string, 
/** What it is. */ title: string, 
/** What is worth knowing beside. */ detail: string, };

export type Event = { "event": "read", 
/** How many have been read. */ done: number, 
/** How many there are. */ total: number, 
/** The file, as it was named. */ path: string, } | { "event": "changed", 
/** What changed. */ changes: Changes, } | { "event": "opened", 
/** The file, or null. */ path: string | null, } | { "event": "layout", 
/** The pages. */ layout: Layout, } | { "event": "part", 
/** The layout of which it is a part. */ revision: number, 
/** The number of its first page, from 0. */ from: number, 
/** Its pages, in place of as many of the layout's. */ pages: Array<PartPage>, } | { "event": "caret", 
/** The place. */ area: PageArea, } | { "event": "reveal", 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** The field, or empty. */ field: string, 
/** Where the cursor belongs in it, in UTF-16 units. */ offset: number | null, } | { "event": "preferred", 
/** All settings by name. */ settings: { [key in string]: JsonValue }, } | { "event": "closing" } | { "event": "dropped", 
/** The files and folders. */ paths: Array<string>, } | { "event": "dragging", 
/** Whether they are. */ over: boolean, };

export type EvidenceFacts = { 
/** What kind of thing it is. */ kind: EvidenceTarget, 
/** Which one. */ target: string, 
/** Whether it is there; what was removed has no words. */ found: boolean, 
/** What it says: a metric with its subject, a rule with its title, a file's name, a check, a caption, a title. */ label: string, 
/** The measured value. */ value: number | null, 
/** Its unit. */ unit: string, 
/** The value as it was written, where a number does not say it all. */ text: string, 
/** The file it stands in, when it stands in one. */ artifact: Id | null, 
/** That file's name; of a file, the tool that wrote it; of an issue group, the tool. */ file: string, 
/** The place in the file, as `source` takes it. */ at: string, 
/** Where an issue is: file or URL with its line, or the component; of a check its section. */ place: string, 
/** How bad an issue is. */ severity: Severity | null, 
/** How many raw occurrences a group of issues has. */ count: number | null, 
/** Hash of an image's bytes. */ sha256: string, 
/** Width and height of an image in pixels. */ size: [number, number] | null, 
/** Day of a note. */ date: string | null, 
/** Who was spoken with. */ people: Array<string>, 
/** Whether a note must not reach a client. */ private: boolean, 
/** The object to go to, when it is another than `target`: the answer of a check. */ object: Id | null, };

export type EvidenceKind = "measured" | "configured" | "code";

export type EvidenceLink = { 
/** Id. */ id: Id, 
/** The finding. */ finding: Id, 
/** Place in the finding's list. */ rank: number, 
/** What kind of thing proves it. */ target_kind: EvidenceTarget, 
/** Which one: an id, a candidate's key, or `pack/check`. */ target: string, 
/** What it shows, in a sentence. */ note: string, };

export type EvidenceRef = { 
/** What kind of thing it is. */ kind: EvidenceTarget, 
/** Which one: an id, a candidate's key, or `pack/check`. */ target: string, };

export type EvidenceTarget = "artifact" | "measurement" | "issue" | "issue_group" | "answer" | "image" | "note" | "exhibit";

export type Exhibit = { 
/** Id. */ id: Id, 
/** Place in the list; exhibits are numbered in this order. */ rank: number, 
/** Title. */ title: string, 
/** How it is printed. */ kind: ExhibitKind, 
/** The file's name. */ name: string, 
/** SHA-256 of the bytes kept, lower-case hex. */ sha256: string, 
/** `application/pdf` or `text/plain`. */ media_type: string, 
/** Size of what is kept, in bytes. */ bytes: number, 
/** How many pages a PDF has, how many lines a text. */ length: number, 
/** Secrets masked in it. */ masked: number, 
/** The artifact that it was taken from. */ artifact: Id | null, 
/** What is printed: pages of a PDF or lines of a text, as `1-3, 7`; all when empty. */ range: string, 
/** Lines that stand out, as `12, 20-24`. */ marked: string, 
/** Language of code, for its colours: `java`, `sql`, …; told by the file's name when empty. */ language: string, 
/** What it shows (Markdown). */ note: string, 
/** Text alternative of a PDF's pages. */ alt: string, 
/** Whether it is printed in the appendix. */ printed: boolean, 
/** Whether the file is attached to the PDF. */ attached: boolean, };

export type ExhibitKind = "text" | "code" | "plan" | "trace" | "pages";

export type ExhibitLines = { 
/** The first 2,000 lines. */ lines: Array<string>, 
/** How many more there are. */ more: number, 
/** The lines that are printed, from 1. */ chosen: Array<number>, 
/** Those of them that stand out. */ marked: Array<number>, };

export type ExhibitReply = { 
/** The exhibit. */ exhibit: Exhibit, 
/** What changed. */ changes: Changes, };

export type Exposure = { 
/** Likelihood, 1 to 5. */ likelihood: Rating, 
/** Impact, 1 to 5. */ impact: Rating, };

export type Fact = { 
/** Dotted metric name. */ metric?: string, 
/** What to call it in a sentence. */ label?: string, 
/** Unit in which it is told; measurements in another unit of the same kind are converted. */ unit?: string, };

export type FactReply = { 
/** Its name, without braces. */ name: string, 
/** What is printed for it now. */ text: string, };

export type Field = { 
/** Id, unique among the fields. */ id?: string, 
/** Label. */ label?: string, 
/** What it takes. */ type?: FieldType, 
/** Choices of a choice field. */ choices?: Array<string>, 
/** Field of the engagement that holds it, for example `primary_language`; empty when none does. */ engagement_field?: string, 
/** What belongs there. */ hint?: string, };

export type FieldType = "text" | "prose" | "date" | "choice";

export type FileReport = { 
/** The file as it was named. */ path: string, 
/** The format it was read as, or null. */ format: string | null, 
/** The tool that wrote it, or null. */ tool: string | null, 
/** What became of it. */ outcome: Outcome, 
/** Why it was not read; empty when it was. */ reason: string, 
/** What to do about it; empty when it was read. */ remedy: string, 
/** The artifact it became, when it was kept. */ artifact: Id | null, 
/** The earlier file of which it is a newer state, when it was kept as one. */ replaces: string | null, 
/** How many issues. */ issues: IssueCounts, 
/** The measurements. */ measurements: Array<MeasurementRow>, 
/** Remarks of the importer. */ diagnostics: Array<Diagnostic>, 
/** The remembered mapping of columns by which it was read, or refused. */ mapping: MappingUsed | null, 
/** What it looks like as a table, where it was not read and is one. */ table: TableShape | null, };

export type FillReply = { 
/** How many rows. */ added: number, 
/** What changed. */ changes: Changes, };

export type Finding = { 
/** Id. */ id: Id, 
/** Number, shown as `F-012`; 0 until assigned. */ number: number, 
/** Place in the list; any number, ties broken by number. */ rank: number, 
/** Title as a claim. */ title: string, 
/** Fault or merit. */ kind: FindingKind, 
/** Area: a section or area title of the packs, or the consultant's own. */ area: string, 
/** Severity. */ severity: Severity, 
/** Why this severity. */ severity_reason: string, 
/** Likelihood that it bites, 1 to 5. */ likelihood: Rating | null, 
/** Impact when it does, 1 to 5. */ impact: Rating | null, 
/** How sure the auditors are. */ confidence: Confidence, 
/** One or two sentences for overviews (Markdown). */ summary: string, 
/** What is (Markdown). */ condition: string, 
/** What should be, by which standard (Markdown). */ criteria: string, 
/** Why it is so (Markdown). */ cause: string, 
/** What it costs the operation (Markdown). */ consequence: string, 
/** The operation that pays. */ operation: Operation, 
/** What people do instead (Markdown). */ workaround: string, 
/** Maturity level now. */ current_level: Level | null, 
/** Maturity level recommended. */ recommended_level: Level | null, 
/** What to do at once (Markdown). */ short_term: string, 
/** What to do for good (Markdown). */ long_term: string, 
/** How to see that it is done (Markdown). */ acceptance_test: string, 
/** Effort to fix, person-days. */ effort: Effort | null, 
/** Who owns the fix at the client. */ owner: string, 
/** Affected C4 elements, by identifier or name. */ elements: Array<string>, 
/** Checks that it answers, as `pack/check`, for example `backend-health/2.2`. */ checks: Array<string>, 
/** CWE numbers. */ cwe: Array<number>, 
/** CVE and other advisory ids. */ cve: Array<string>, 
/** Quality characteristics it touches. */ quality: Array<Quality>, 
/** Other references: titles or URLs. */ references: Array<string>, 
/** Editorial state. */ editorial: Editorial, 
/** State of the matter. */ life: Life, 
/** Findings that cause this one. They make no circle. */ caused_by: Array<Id>, 
/** What came of measuring again, oldest first. */ retests: Array<Retest>, 
/** Internal notes that never reach a client document (Markdown). */ internal_notes: string, };

export type FindingKind = "gap" | "strength";

export type FindingOutcome = { 
/** All initiatives that name them are done. */ settled: number, 
/** Some are. */ partly: number, 
/** None is. */ open: number, 
/** Of the open ones: no initiative names them at all. */ unaddressed: number, 
/** Not settled (partly or open), by severity. */ remaining_by_severity: { [key in Severity]?: number }, };

export type FindingText = { 
/** Title as a claim. */ title?: string, 
/** What is (Markdown). */ condition?: string, 
/** What should be, by which standard (Markdown). */ criteria?: string, 
/** What usually causes it (Markdown). */ cause?: string, 
/** What it costs the operation (Markdown). */ consequence?: string, 
/** What to do at once (Markdown). */ short_term?: string, 
/** What to do for good (Markdown). */ long_term?: string, 
/** How to see that it is done (Markdown). */ acceptance_test?: string, 
/** The operation that usually pays. */ operation?: Operation | null, 
/** CWE numbers. */ cwe?: Array<number>, 
/** Quality characteristics it touches. */ quality?: Array<Quality>, 
/** Titles or URLs. */ references?: Array<string>, };

export type FontWeight = "regular" | "semi_bold";

export type Formula = "pool_size" | "circuit_breaker";

export type FoundIn = { 
/** The file. */ file: string, 
/** `line 12` or a JSON pointer. */ place: string, };

export type FoundText = { 
/** The layout that was searched. */ revision: number, 
/** The hits in the order of the pages. */ hits: Array<TextHit>, 
/** Whether there are more than these. */ more: boolean, };

export type GlossaryTerm = { 
/** The term. */ term: string, 
/** Its meaning, in one sentence. */ meaning: string, };

export type Headroom = { 
/** The cap. */ cap: Money, 
/** Cap less the likely one-off cost. */ likely: Money, 
/** Cap less the likely one-off cost with contingency. */ with_contingency: Money, 
/** Cap less the high one-off cost. */ high: Money, 
/** The verdict. */ state: CapState, };

export type HealthScore = { 
/** By section. */ sections: Array<SectionScore>, 
/** Checks that pass. */ passed: number, 
/** Checks that apply. */ total: number, 
/** Passed of total, in percent; null when nothing applies or nothing is assessed. */ percent: number | null, 
/** Id of the band, or null. */ band: string | null, 
/** Checks that apply and are assessed. */ assessed: number, };

export type HistoryEntry = { 
/** The step that it is part of. */ step: Id, 
/** When. */ at: string, 
/** Who. */ author: string, 
/** The operation. */ op: string, 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** What happened to it. */ change: ChangeKind, 
/** Before: the whole object when it was deleted, the changed fields when it was updated, none when it was inserted. */ before: JsonValue | null, 
/** After: the whole object when it was inserted, the changed fields when it was updated, none when it was deleted. */ after: JsonValue | null, };

export type HistoryStep = { 
/** Its id. */ id: Id, 
/** When; of a burst of typing, when it ended. */ at: string, 
/** Who. */ author: string, 
/** The operation. */ op: string, 
/** Short name of the object that it was about, such as `F-012`; may be empty. */ subject: string, 
/** How many objects of the first one's kind it changed; what followed from that is not counted. */ objects: number, };

export type Hit = { 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** The field. */ field: string, 
/** A piece of the field around the words, with `…` where it is cut. */ snippet: string, 
/** Where the words stand in `snippet`, as byte ranges. */ marks: Array<{ start: number, end: number, }>, };

export type Horizon = "30" | "60" | "90" | "later";

export type HorizonBucket = { 
/** The horizon. */ horizon: Horizon, 
/** Its last day, D+30, D+60 or D+90; none for later. */ until: string | null, 
/** What ends in it, by end, then number. */ initiatives: Array<HorizonEntry>, };

export type HorizonEntry = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** Its last day. */ end: string, 
/** The horizon that was declared. */ declared: Horizon, };

export type Id = string;

export type IfAbsent = "judge" | "skip";

export type Image = { 
/** Id. */ id: Id, 
/** Name by which prose refers to it: `![caption](image:NAME)`. */ name: string, 
/** SHA-256 of the bytes that are printed and delivered, lower-case hex: with the edits, without metadata. */ sha256: string, 
/** Of what is printed: `image/png`, `image/jpeg` or `image/svg+xml`; in old files also `image/gif`, `image/webp`. */ media_type: string, 
/** Width of what is printed in pixels, or in user units for SVG. */ width: number, 
/** Height of what is printed in pixels, or in user units for SVG. */ height: number, 
/** Caption. */ caption: string, 
/** Text alternative. */ alt: string, 
/** SHA-256 of the file as it was given, which never leaves the engagement; none in files made before there were edits. */ original: string | null, 
/** SHA-256 of the whole picture, upright and without metadata, on which edits are drawn; none as above. */ upright: string | null, 
/** What was done to it for print. */ edits: Edits, };

export type ImageReply = { 
/** The image. */ image: Image, 
/** What changed. */ changes: Changes, };

export type ImportReply = { 
/** One entry a file, in the order of the paths. */ files: Array<FileReport>, 
/** Checks whose proposed verdict was renewed. */ proposals: number, 
/** What changed; null when nothing did. */ changes: Changes | null, };

export type Initiative = { 
/** Id. */ id: Id, 
/** Number, shown as `I-004`; 0 until assigned. */ number: number, 
/** Place in the list. */ rank: number, 
/** Title, as an instruction. */ title: string, 
/** What is done (Markdown). */ description: string, 
/** What will be different (Markdown). */ outcome: string, 
/** Theme, or none. */ theme: Id | null, 
/** Phase in which it is funded. */ phase: Id | null, 
/** When the result should be there. */ horizon: Horizon, 
/** Effort, person-days. */ effort: Effort | null, 
/** Impact on the system's health, 1 to 5. */ impact: Rating | null, 
/** How sure the estimate is, in percent. */ confidence_percent: number | null, 
/** Business value, 1 to 5. */ business_value: Rating | null, 
/** Time criticality, 1 to 5. */ time_criticality: Rating | null, 
/** Risk reduction, 1 to 5. */ risk_reduction: Rating | null, 
/** Share of users, requests or revenue that it reaches, in percent; for RICE. */ reach_percent: number | null, 
/** Whether it can be taken back without loss. */ reversible: boolean, 
/** Money besides work, spent once. */ build_cost: MoneyRange, 
/** Money besides work, each year. */ run_cost: MoneyRange, 
/** Who does it, and which share. */ roles: Array<RoleShare>, 
/** What must come first. */ depends_on: Array<Dependency>, 
/** Not before this day. */ earliest_start: string | null, 
/** Must have ended by this day. */ deadline: string | null, 
/** Who owns it at the client. */ owner: string, 
/** Findings that it settles. */ findings: Array<Id>, 
/** Risks that it treats. */ risks: Array<Id>, 
/** Areas that it lifts. */ lifts: Array<AreaLift>, };

export type InitiativeCost = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** Its phase. */ phase: Id | null, 
/** Effort; none when it is not estimated. */ effort: Effort | null, 
/** Work by role. */ roles: Array<RoleCost>, 
/** Sum of `roles`. */ work: MoneyRange, 
/** Money besides work, once. */ build: MoneyRange, 
/** Work + build. */ once: MoneyRange, 
/** Money each year. */ yearly: MoneyRange, };

export type InspectReply = { 
/** One entry a file, in the order of the paths. */ files: Array<FileReport>, };

export type Intake = { 
/** Id. */ id: Id, 
/** What set off the engagement (Markdown). */ trigger: string, 
/** Whether it keeps coming back. */ recurring: boolean, 
/** Whether the root cause was known at the start. */ cause_known: boolean, 
/** Whether it cannot wait. */ urgent: boolean, 
/** Whether the architecture cannot support the next stage. */ outgrown: boolean, 
/** The answer. */ triage: Triage | null, 
/** Why this answer (Markdown). */ reason: string, };

export type Issue = { 
/** Id. */ id: Id, 
/** The artifact it was read from. */ artifact: Id, 
/** The tool's rule id. */ rule: string, 
/** Short title. */ title: string, 
/** The tool's message. */ message: string, 
/** Severity on our scale. */ severity: Severity, 
/** Who said so. */ severity_origin: SeverityOrigin, 
/** The tool's own word, as written; empty when it had none. */ native_severity: string, 
/** Component: package, module, host; the file when there is nothing better. */ component: string, 
/** Version of the component. */ component_version: string, 
/** Version that fixes it. */ fixed_version: string, 
/** File or URL. */ location: string, 
/** 1-based line in `location`. */ line: number | null, 
/** The tool's fingerprint, or one made from rule, location and message. */ fingerprint: string, 
/** CWE numbers. */ cwe: Array<number>, 
/** CVE and other advisory ids. */ cve: Array<string>, 
/** Where the tool explains it. */ url: string, 
/** Whether the tool says it is suppressed or not a failure. */ suppressed: boolean, 
/** The place in the artifact. */ at: string, };

export type IssueCounts = { 
/** Every raw occurrence. */ raw: number, 
/** Groups by rule and component. */ groups: number, 
/** Raw occurrences by severity. */ by_severity: { [key in string]: number }, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

export type KeyResult = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** The sentence. */ title: string, 
/** Metrics that show it. */ metrics: Array<Id>, };

export type KeyResultSuggestion = { 
/** The sentence. */ title?: string, 
/** Names of the metrics that show it. */ metrics?: Array<string>, };

export type Kind = "engagement" | "intake" | "symptoms" | "packs" | "answers" | "assessments" | "artifacts" | "decisions" | "findings" | "evidence_links" | "images" | "diagrams" | "risks" | "themes" | "initiatives" | "phases" | "milestones" | "roles" | "resources" | "budget" | "trainings" | "metrics" | "key_results" | "notes" | "brands" | "architectures" | "templates" | "exhibits" | "mappings" | "severities";

export type KitReply = { 
/** The folder. */ folder: string, 
/** Files in it. */ files: number, 
/** The probes' titles, in the report's language. */ probes: Array<string>, 
/** Open checks that it can answer, as `pack/check`. */ answers: number, 
/** Open checks that no probe answers. */ unanswered: Array<string>, };

export type Lack = { 
/** The input. */ input: PriorityInput, 
/** The views that stay empty. */ views: Array<View>, };

export type Layout = { 
/** Counts the layouts of this process. */ revision: number, 
/** The pages in order. */ pages: Array<Page>, 
/** The headings in order. */ outline: Array<OutlineEntry>, 
/** Why the newest text is not on the pages; empty when it is. */ problems: Array<LayoutProblem>, 
/** Whether the pages show the newest text; else they are the last good ones. */ fresh: boolean, };

export type LayoutProblem = { 
/** What is wrong. */ message: string, 
/** The object that it comes from, when it is known. */ kind: Kind | null, 
/** Its id. */ id: Id | null, 
/** Its field. */ field: string | null, 
/** Line of the field, from 1. */ line: number | null, };

export type Level = 1 | 2 | 3 | 4 | 5;

export type LevelFact = { 
/** The level it speaks of; against one, it speaks against all above too. */ level: Level, 
/** The pack's sentence. */ sentence: string, 
/** Whether the sentence is true. */ holds: boolean, 
/** What was measured, against what threshold. */ reason: string, 
/** Metric. */ metric: string, 
/** Its value in `unit`, where it is one. */ value: number | null, 
/** Unit of the value. */ unit: string, 
/** Measurements it rests on, the deciding one first. */ sources: Array<Id>, 
/** Whether sources contradict each other. */ conflicting: boolean, };

export type LibraryEntry = { 
/** Its id. */ id: string, 
/** Whether it is the consultant's own. */ own: boolean, 
/** The language of the texts. */ language: string, 
/** The languages it is there in. */ languages: Array<string>, 
/** Fault or merit. */ kind: FindingKind, 
/** Area. */ area: string, 
/** Severity as a starting point. */ severity: Severity, 
/** Words to find it by. */ tags: Array<string>, 
/** Checks that it answers, as `pack/check`. */ checks: Array<string>, 
/** Effort as a starting point, in person-days. */ effort: Effort | null, 
/** Roles that mend it. */ roles: Array<string>, 
/** How often it was kept anew. */ version: number, 
/** Those of the checks that fail or should improve in this engagement, and that no finding tells of yet. */ open: Array<string>, 
/** The finding of this engagement that came from it, or tells of the same checks. */ finding: Id | null, 
/** The texts. */ texts: LibraryTexts, };

export type LibraryFile = { 
/** Findings written. */ findings: number, };

export type LibraryOutcome = "new" | "newer" | "same" | "older" | "refused";

export type LibraryTaken = { 
/** Its findings, in their order. */ findings: Array<TakenFinding>, };

export type LibraryTexts = { 
/** Title as a claim. */ title: string, 
/** Why this severity. */ severity_reason: string, 
/** One or two sentences for overviews (Markdown). */ summary: string, 
/** What is (Markdown). */ condition: string, 
/** What should be (Markdown). */ criteria: string, 
/** Why it is so (Markdown). */ cause: string, 
/** What it costs the operation (Markdown). */ consequence: string, 
/** What people do meanwhile, and what that costs (Markdown). */ workaround: string, 
/** What to do at once (Markdown). */ short_term: string, 
/** What to do for good (Markdown). */ long_term: string, 
/** How to see that it is done (Markdown). */ acceptance_test: string, };

export type Life = "open" | "fixed" | "partly_fixed" | "accepted";

export type Limit = { 
/** Which date. */ kind: LimitKind, 
/** The date. */ date: string, 
/** Working days between its end and the date; negative when it ends later. */ margin_days: number, 
/** Whether it ends later. */ late: boolean, };

export type LimitKind = { "code": "phase_end", 
/** The phase. */ phase: Id, } | { "code": "deadline" } | { "code": "milestone", 
/** The milestone. */ milestone: Id, };

export type LinePlace = { 
/** Key of the element where it starts. */ source: string, 
/** Key of the element where it ends. */ destination: string, 
/** What the relation says, which tells it from others between the same two. */ description: string, 
/** Which step it is, on a dynamic view; else empty. */ order: string, 
/** The bends. */ bends: Array<[number, number]>, 
/** Where its text is along it, per cent from the source. */ position: number | null, 
/** Structurizr's name of how it runs, `Curved`; empty: as its style says. Kept for Structurizr, not drawn. */ routing: string, };

export type Located = { 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** The field. */ field: string, 
/** Where a cursor belongs in the field's Markdown, in UTF-16 units. */ offset: number, };

export type Mapping = { 
/** Id. */ id: Id, 
/** What such tables are: `checkout dashboard`. It stands as the tool of what is read. */ name: string, 
/** The names of all columns, sorted: by these a table is known again, in whatever order its columns come. */ header: Array<string>, 
/** Whether `1.234,5` is one thousand two hundred and thirty-four and a half. */ decimal_comma: boolean, 
/** Words that stand for no value, beside those that always do (`n/a`, `null`, `-` …). */ nothing: Array<string>, 
/** The column that says when; it puts the rows in order. */ time: string | null, 
/** The column that says of what: an endpoint, a host. Rows of one subject are taken together. */ subject: string | null, 
/** The columns that are measured. */ values: Array<ValueColumn>, };

export type MappingOrigin = "guess" | "remembered" | "given";

export type MappingUsed = { 
/** Its id. */ id: Id, 
/** Its name. */ name: string, 
/** Whether it was given here; else it is remembered from before. */ given: boolean, };

export type Mark = { 
/** What it is. */ kind: MarkKind, 
/** The first point: an arrow's tail, a corner. */ x1: number, 
/** See `x1`. */ y1: number, 
/** The second point: an arrow's tip, the opposite corner. */ x2: number, 
/** See `x2`. */ y2: number, 
/** Colour. */ colour: MarkColour, };

export type MarkColour = "red" | "orange" | "yellow" | "green" | "blue" | "black" | "white";

export type MarkKind = "arrow" | "box" | "redaction";

export type Matrix = { 
/** 25 cells: likelihood 5 down to 1, and in each row impact 1 to 5, as it is read on the page. */ cells: Array<Cell>, 
/** Risks that are not rated. */ unrated: Array<Id>, 
/** Number of rated risks by band: low, medium, high, critical. */ bands: [number, number, number, number], };

export type MaturityScore = { 
/** By area. */ areas: Array<AreaScore>, 
/** Mean of the assessed areas, or null. */ mean: number | null, 
/** The area with the lowest level, or null. */ weakest: WeakestArea | null, };

export type Measurement = { 
/** Id. */ id: Id, 
/** The artifact it was read from. */ artifact: Id, 
/** Dotted metric name of the one vocabulary, for example `http.latency.p99`. */ metric: string, 
/** The value, in `unit`. Never NaN or infinite. */ value: number, 
/** Unit: `ms`, `s`, `ratio`, `1/s`, `count`, `bytes`, `bool`, … */ unit: string, 
/** What was measured: endpoint, query, table, pool; empty for the whole. */ subject: string, 
/** The place in the artifact: `line 12`, or a JSON pointer such as `/metrics/http_reqs/values/rate`. */ at: string, 
/** The raw text of the value where a number does not say it all, for example `allkeys-lru`. */ text: string, };

export type MeasurementRow = { 
/** Dotted metric name. */ metric: string, 
/** Value in `unit`. */ value: number, 
/** Unit. */ unit: string, 
/** What was measured. */ subject: string, 
/** Place in the file. */ at: string, 
/** The raw text where a number does not say it all. */ text: string, };

export type MergeBlank = { 
/** Names it among the choices. */ id: string, 
/** Key of the existing element; of a relationship, of its source. */ key: string, 
/** Of a relationship, key of its destination. */ to: string | null, 
/** Its name, as `A → B` of a relationship. */ name: string, 
/** `technology`, `description`, `url`, or `properties`. */ field: string, 
/** What would be filled in; of properties, their names. */ value: string, 
/** The properties that would be filled in. */ properties: { [key in string]: string }, };

export type MergeConflict = { 
/** Key of the existing element. */ key: string, 
/** Its name. */ name: string, 
/** `technology`; or `name` where a derived name fits several elements. */ field: string, 
/** What the existing model says; of a name, the elements that it fits. */ existing: string, 
/** What the derived model says. */ derived: string, 
/** Where the derived one was found. */ sources: Array<FoundIn>, };

export type MergeElement = { 
/** Names it among the choices. */ id: string, 
/** What it is. */ kind: ElementKind, 
/** Its name; of an instance, that of its element. */ name: string, 
/** What it does; may be empty. */ description: string, 
/** What it is built with; may be empty. */ technology: string, 
/** Tags beyond those of its kind. */ tags: Array<string>, 
/** An address to read more; may be empty. */ url: string, 
/** The group it is drawn in. */ group: string | null, 
/** Free name/value pairs. */ properties: { [key in string]: string }, 
/** What it would be within. */ parent: MergeEnd | null, 
/** The name of what it would be within; empty at the top. */ parent_name: string, 
/** What an instance is of. */ instance_of: MergeEnd | null, 
/** The environment of a deployment element; else empty. */ environment: string, 
/** How many there are of a deployment node. */ instances: string, 
/** Where it was found. */ sources: Array<FoundIn>, };

export type MergeEnd = { "is": "existing", 
/** As [`crate::Model::key`] gives it. */ key: string, } | { "is": "new", 
/** As [`NewElement::id`]. */ id: string, };

export type MergeMatch = { 
/** Names it among the choices: chosen, the existing element remembers where it was found as well. */ id: string, 
/** Canonical name in the derived model. */ derived: string, 
/** Name in the derived model. */ derived_name: string, 
/** Key ([`crate::Model::key`]) of the existing element. */ existing: string, 
/** Name of the existing element. */ existing_name: string, 
/** Why they are taken to be the same. */ why: MergeReason, 
/** Where it was found. */ sources: Array<FoundIn>, };

export type MergePreview = { 
/** Elements that would be added, whole before part. */ elements: Array<MergeElement>, 
/** Relationships that would be added. */ relations: Array<MergeRelation>, 
/** What would be filled in. */ blanks: Array<MergeBlank>, 
/** What is there already. */ matches: Array<MergeMatch>, 
/** What is left alone. */ conflicts: Array<MergeConflict>, };

export type MergeReason = "identifier" | "name" | "similar_name" | "image" | "host" | "contents" | "only_system";

export type MergeRelation = { 
/** Names it among the choices. */ id: string, 
/** Who needs the other. */ from: MergeEnd, 
/** Its name. */ from_name: string, 
/** Who is needed. */ to: MergeEnd, 
/** Its name. */ to_name: string, 
/** What for. */ description: string, 
/** By what means; may be empty. */ technology: string, 
/** Free name/value pairs, measurements among them. */ properties: { [key in string]: string }, 
/** Where it was found. */ sources: Array<FoundIn>, };

export type MetricSuggestion = { 
/** Name. */ name?: string, 
/** Value now, where the pack can tell; usually empty. */ current?: string, 
/** Value wanted, with its unit. */ target?: string, 
/** By when, in words. */ by?: string, 
/** How it is measured. */ method?: string, };

export type MetricUnits = { 
/** Dotted name. */ name: string, 
/** Unit in which it is kept. */ unit: string, 
/** What it means. */ meaning: string, 
/** The units that a column may have, its own first. */ units: Array<string>, };

export type Milestone = { 
/** Id. */ id: Id, 
/** What happens. */ name: string, 
/** The day. */ date: string | null, 
/** Initiatives that must have ended by then. */ initiatives: Array<Id>, };

export type Miss = "fail" | "improve";

export type MissingFact = { 
/** The level it would speak for. */ level: Level, 
/** Whether the level cannot be suggested without it. */ required: boolean, 
/** The pack's sentence. */ sentence: string, 
/** Metric. */ metric: string, 
/** Why a measurement that is there decides nothing; empty when there is none. */ reason: string, };

export type Misspelt = { 
/** Where it begins, in UTF-16 units. */ from: number, 
/** Where it ends. */ to: number, };

export type ModelDifference = { 
/** Elements, in the order of the later model, then what is gone. */ elements: Array<ElementDifference>, 
/** Relationships that somebody wrote; those that follow from others follow. */ relations: Array<RelationDifference>, };

export type Money = number;

export type MoneyRange = { 
/** The optimistic amount. */ low: Money, 
/** The likely amount. */ likely: Money, 
/** The pessimistic amount. */ high: Money, };

export type Month = { 
/** Its first day, or the roadmap's when that is later. */ from: string, 
/** Its last day. */ to: string, 
/** Working days from `from` to `to`. */ working_days: number, };

export type Note = { 
/** Id. */ id: Id, 
/** Day of the interview. */ date: string | null, 
/** Subject. */ title: string, 
/** Who spoke. */ people: Array<Person>, 
/** What was said (Markdown). */ body: string, 
/** Whether it never reaches a client document. */ private: boolean, };

export type NoteKind = { "code": "no_effort" } | { "code": "effort_out_of_order" } | { "code": "amount_out_of_order", 
/** What the amount is for: `build_cost`, `run_cost`, or a budget line's title. */ of: string, } | { "code": "no_role" } | { "code": "unknown_role" } | { "code": "shares_do_not_sum_to_one", 
/** What they sum to. */ sum: number, } | { "code": "unknown_dependency" } | { "code": "unknown_phase" } | { "code": "no_day_rate", 
/** The role. */ role: Id, 
/** Likely person-days that have no price. */ person_days: number, } | { "code": "useless_resource", 
/** The line. */ line: Id, } | { "code": "start_from_phase", 
/** That day. */ date: string, } | { "code": "no_start" } | { "code": "horizon_mismatch", 
/** What was declared. */ declared: Horizon, 
/** What the schedule gives. */ scheduled: Horizon, };

export type Operation = "billing" | "reporting" | "dispatch" | "accounting" | "customer_delivery" | "acquisition_integration" | "other";

export type Outcome = "imported" | "refused" | "ambiguous";

export type OutlineEntry = { 
/** Its words. */ title: string, 
/** Its level, from 1. */ level: number, 
/** Its page, from 0. */ page: number, 
/** Its distance from the page's upper edge, in points. */ y: number, };

export type Overload = { 
/** The role. */ role: Id, 
/** The role's name. */ name: string, 
/** First day. */ from: string, 
/** Last day. */ to: string, 
/** FTE needed, the mean of these days. */ demand_fte: number, 
/** FTE there, the mean of these days. */ capacity_fte: number, 
/** What shows it. */ cause: OverloadCause, 
/** The initiatives that lack the role. */ initiatives: Array<Id>, 
/** The overload in English. */ sentence: string, };

export type OverloadCause = { "code": "no_capacity" } | { "code": "too_little_capacity" } | { "code": "missed", 
/** Which date. */ limit: LimitKind, };

export type Pack = { 
/** Version of this format; [`SCHEMA`]. */ schema?: number, 
/** Id: lower-case letters, digits and hyphens. */ id?: string, 
/** The pack's own version, for example `1.0.0`. */ version?: string, 
/** Title. */ title?: string, 
/** What it is for (Markdown). */ description?: string, 
/** Language of its texts, a BCP 47 tag. */ language?: string, 
/** Genre, for example `infrastructure`; from a template's front matter. */ genre?: string, 
/** Category, for example `back-end`. */ category?: string, 
/** How it is assessed, for example `static`. */ analysis?: string, 
/** Where it fits. */ relevance?: Relevance, 
/** The severity scale; empty for the product's own five. */ severities?: Array<SeverityWord>, 
/** System information to be filled in. */ fields?: Array<Field>, 
/** Score bands, best first; empty for the product's own four. */ bands?: Array<Band>, 
/** Whether every check must have rules or say why only a person can answer it. */ complete?: boolean, 
/** Sections of a checklist. */ sections?: Array<Section>, 
/** Areas of a maturity assessment. */ areas?: Array<Area>, 
/** What the levels mean. */ rubric?: Rubric, 
/** Recommendations for each step from one level to the next. */ steps?: Array<Step>, 
/** Starting points for roadmap, people, money, goals and risks. */ suggestions?: Suggestions, 
/** The same starting points in other languages, by language (`de`). */ translations?: { [key in string]: Suggestions }, 
/** Languages whose texts stand in files beside the pack (`<id>.de.toml`); replaced by `texts` when it is read. */ languages?: Array<string>, 
/** The pack's texts in other languages: by language (`de`), then by key (`checks/1.4/title`). */ texts?: { [key in string]: { [key in string]: string } }, 
/** How choices, cells and titles that the engagement keeps are read in another language; only in a pack that was
 * put into one. */ words?: { [key in string]: string }, 
/** Calculators. */ calculators?: Array<Calculator>, 
/** Appendices of the report. */ appendices?: Array<Appendix>, };

export type PackReply = { 
/** The pack's id. */ pack: string, 
/** Its version. */ version: string, 
/** Its title. */ title: string, 
/** How many checks it has. */ checks: number, 
/** What of a Markdown template was not understood. */ diagnostics: Array<Diagnostic>, 
/** What changed. */ changes: Changes, };

export type PackSnapshot = { 
/** Id of this row. */ id: Id, 
/** The pack's own id, for example `backend-health`. */ pack: string, 
/** The pack's version. */ version: string, 
/** The pack's title. */ title: string, 
/** The whole definition as it was when taken, TOML. */ definition: string, };

export type Page = { 
/** What it looks like: pages with one hash look the same, and their picture never changes. */ hash: string, 
/** Width in points. */ width: number, 
/** Height in points. */ height: number, };

export type PageArea = { 
/** The page, from 0. */ page: number, 
/** Left edge. */ x: number, 
/** Upper edge. */ y: number, 
/** Width. */ width: number, 
/** Height. */ height: number, };

export type PageChange = { 
/** The hash of the page before. */ since: string, 
/** The upper edge of what looks other, in points from the page's upper edge. */ from: number, 
/** Its lower edge; the upper one again where nothing does. */ to: number, };

export type PageText = { 
/** The text. */ text: string, 
/** Where it stands. */ area: PageArea, 
/** What stands between it and the next run when both are copied: nothing, a space, a tab, a line break. */ after: string, };

export type Pair = "primary_on_paper" | "text_on_primary" | "secondary_on_paper" | "secondary_on_primary" | "ink_on_paper" | "ink_on_band";

export type PartPage = { 
/** What a window needs to draw of it that shows the page before; none where that is all of it. */ change: PageChange | null, 
/** What it looks like: pages with one hash look the same, and their picture never changes. */ hash: string, 
/** Width in points. */ width: number, 
/** Height in points. */ height: number, };

export type Person = { 
/** Full name. */ name: string, 
/** Role or function. */ role: string, 
/** Organisation. */ organisation: string, 
/** E-mail address, or empty. */ email: string, };

export type Phase = { 
/** Id. */ id: Id, 
/** 1, 2, 3 … */ number: number, 
/** Name. */ name: string, 
/** First day. */ starts: string | null, 
/** Last day. */ ends: string | null, 
/** What it is for (Markdown). */ objective: string, 
/** What will be different (Markdown). */ outcome: string, 
/** When it is over, one criterion a line. */ exit_criteria: Array<string>, 
/** Most that may be spent, or none. */ budget_cap: Money | null, };

export type PhaseCost = { 
/** The phase; none for what belongs to no phase. */ phase: Id | null, 
/** Its number; 0 for none. */ number: number, 
/** Its name; empty for none. */ name: string, 
/** The cost. */ parts: CostParts, 
/** Against its cap. */ headroom: Headroom | null, };

export type PhaseSuggestion = { 
/** 1, 2, 3 … */ number?: number, 
/** Name. */ name?: string, 
/** First month, counted from 1. */ from_month?: number, 
/** Last month, counted from 1, inclusive. */ to_month?: number, 
/** What it is for (Markdown). */ objective?: string, 
/** What is done. */ actions?: Array<string>, 
/** What will be different (Markdown). */ outcome?: string, 
/** When it is over. */ exit_criteria?: Array<string>, };

export type Picture = { 
/** The image. */ image: Image, 
/** Where it is used, in the order of the report. */ uses: Array<PictureUse>, 
/** Whether it is shown somewhere without a text alternative. */ lacks_alt: boolean, };

export type PictureFormat = "svg" | "png" | "pdf";

export type PictureUse = { 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** How a person names it: `F-012`, a diagram's title. */ object: string, 
/** The field in which it stands; `image` of a diagram, empty for the evidence of a finding. */ field: string, };

export type Plan = { 
/** Priority of each initiative, by number. */ priorities: Array<PriorityScore>, 
/** The quick-win rule applied to each initiative, by number. */ quick_wins: Array<QuickWin>, 
/** The schedule; none without a first day. */ schedule: Schedule | null, 
/** 30, 60, 90 days and later; empty without a schedule. */ horizons: Array<HorizonBucket>, 
/** Costs. */ cost: Cost, 
/** Risk matrices and ranking. */ risks: RiskView, 
/** What follows from funding nothing, the first phase, the first two, … all of them. */ scenarios: Array<WhatIf>, 
/** What the inputs lack or contradict. */ notes: Array<PlanNote>, };

export type PlanNote = { 
/** The initiative it is about, if one. */ initiative: Id | null, 
/** What it is about. */ kind: NoteKind, 
/** The remark in English. */ sentence: string, };

export type Point = { 
/** From the left. */ x: number, 
/** From the top. */ y: number, };

export type Priority = "critical" | "high" | "medium" | "low";

export type PriorityInput = "effort" | "impact" | "confidence_percent" | "business_value" | "time_criticality" | "risk_reduction" | "reach_percent";

export type PriorityScore = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** Likely effort, person-days. */ effort_days: number | null, 
/** Impact, 1 to 5. */ impact: Rating | null, 
/** Corner of impact × effort. */ quadrant: Quadrant | null, 
/** Business value + time criticality + risk reduction, 3 to 15. */ cost_of_delay: number | null, 
/** Likely effort in person-weeks. */ job_size: number | null, 
/** Cost of delay ÷ job size, three decimals. */ wsjf: number | null, 
/** Reach × impact × confidence ÷ effort, three decimals. */ rice: number | null, 
/** Place by WSJF, 1 first; none without a WSJF. */ rank: number | null, 
/** How the rank moves when the effort is 30 % off. */ rank_range: RankRange | null, 
/** What is missing for the views that stayed empty. */ lacks: Array<Lack>, };

export type ProbeReply = { 
/** The facts as they were read back; none where they were only written. */ report: FileReport | null, 
/** The file written. */ path: string | null, 
/** Metrics measured. */ measurements: number, 
/** Places at fault. */ issues: number, 
/** Technologies found. */ technologies: number, 
/** Packs that concern the checkout. */ packs: Array<string>, 
/** What changed; null when nothing was kept. */ changes: Changes | null, };

export type Problem = { 
/** How bad. */ weight: Weight, 
/** Id of the rule, for example `finding.evidence`. */ rule: string, 
/** Kind of the object. */ kind: Kind, 
/** Id of the object. */ id: Id, 
/** How a person names the object: `F-012`, `check 2.6`, `engagement`. */ object: string, 
/** The field, or empty. */ field: string, 
/** Id of the sentence, for faces that speak another language: the rule, and what makes the case. */ sentence: string, 
/** What stands in the sentence's places. */ values: { [key in string]: JsonValue }, 
/** What is wrong, and what to do, in English. */ message: string, };

export type Proposal = { 
/** The proposed verdict; `NotAssessed` when the measurements cannot decide. */ verdict: Verdict, 
/** The deciding value, in `unit`. */ value: number | null, 
/** Unit of the value. */ unit: string, 
/** The deciding value's subject: endpoint, query, table, pool. */ subject: string, 
/** Why, in a sentence: value against threshold, how many subjects, what was not evaluable. */ reason: string, 
/** The measurements it rests on, the deciding one first. */ sources: Array<Id>, 
/** Whether sources contradict each other. */ conflicting: boolean, };

export type ProposedPart = { 
/** Key that its view gets. */ key: string, 
/** Title that its view gets. */ title: string, 
/** Names of the elements on it. */ elements: Array<string>, };

export type ProposedValue = { 
/** Both values. */ value: RetestValue, 
/** The side of the threshold before, where a check has one. */ was_side: Stand | null, 
/** The side of the threshold now. */ now_side: Stand | null, 
/** What it says of the finding; none where it only goes along. */ outcome: Life | null, };

export type Proves = "pass" | "fail" | "improve";

export type Quadrant = "quick_win" | "major_project" | "fill_in" | "thankless";

export type Quality = "functional_suitability" | "performance_efficiency" | "compatibility" | "interaction_capability" | "reliability" | "security" | "maintainability" | "flexibility" | "safety";

export type Quantity = { 
/** Id, as the formula knows it. */ id?: string, 
/** Label. */ label?: string, 
/** Unit, or empty. */ unit?: string, 
/** Value to start with; for inputs. */ default?: number, 
/** What it is and where to get it. */ hint?: string, };

export type QuickWin = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** Whether all criteria hold. */ quick_win: boolean, 
/** The five criteria, in the order of [`Rule`]. */ criteria: Array<Criterion>, };

export type QuickWinRule = "effort" | "impact" | "dependencies" | "reversible" | "one_role";

export type RankRange = { 
/** With the effort 30 % lower. */ best: number, 
/** With the effort 30 % higher. */ worst: number, };

export type Rating = 1 | 2 | 3 | 4 | 5;

export type Recent = { 
/** The file. */ path: string, 
/** The client, or empty when the file cannot be read now. */ client: string, 
/** The audited system, or empty. */ system: string, 
/** When it was opened last. */ opened_at: string, 
/** Whether the file is no longer there. */ missing: boolean, };

export type Rect = { 
/** Left side. */ x: number, 
/** Upper side. */ y: number, 
/** Width. */ w: number, 
/** Height. */ h: number, };

export type RefusedCell = { 
/** Line of the file, from 1. */ line: number, 
/** Byte in the line at which the cell begins, from 1. */ byte: number, 
/** The column's name; empty for a row. */ column: string, 
/** What stands there, cut where it is long. */ cell: string, 
/** What is wrong with it. */ fault: CellFault, 
/** The same in words. */ reason: string, };

export type RefusedFont = { 
/** The file's name. */ file: string, 
/** Why. */ reason: string, 
/** What can be done. */ hint: string, };

export type RelationDifference = { 
/** What became of it. */ change: DifferenceChange, 
/** Key of the source, as [`ElementDifference::key`]. */ from: string, 
/** Name of the source. */ from_name: string, 
/** Key of the destination. */ to: string, 
/** Name of the destination. */ to_name: string, 
/** What for. */ description: string, 
/** The fields that changed; none of what is new or gone. */ fields: Array<DifferenceField>, };

export type RelationRow = { 
/** Its id, until the model is read from a text again. */ id: string, 
/** Key of who needs the other. */ source: string, 
/** Key of who is needed. */ destination: string, 
/** What for. */ description: string, 
/** By what means. */ technology: string, 
/** Tags beside the one that all have. */ tags: Array<string>, };

export type Relevance = { 
/** Glob patterns of paths, for example `server/*.ts` below any folder. */ file_patterns?: Array<string>, 
/** Words in file or identifier names. */ keywords?: Array<string>, 
/** Keys or package names in configuration and manifest files. */ config_keys?: Array<string>, 
/** Offered whatever the code base looks like. */ always?: boolean, };

export type RemapReply = { 
/** The mapping as it is kept. */ mapping: Mapping, 
/** The artifacts that say something else now, and those that cannot be read by the mapping and stay as they were. */ files: Array<FileReport>, 
/** Links from findings to measurements that are no longer there. */ unlinked: number, 
/** Checks whose proposed verdict was renewed. */ proposals: number, 
/** What changed. */ changes: Changes, };

export type Remark = { 
/** `error`, `warning` or `note`. */ level: string, 
/** The file it is about; empty when there is but one. */ file: string, 
/** The line, from 1; 0 where there is none to name. */ line: number, 
/** What was found. */ message: string, 
/** What to do about it; may be empty, or part of the message. */ remedy: string, };

export type ReportReply = { 
/** The PDF, or null when only the project was written. */ path: string | null, 
/** Number of pages. */ pages: number, 
/** Length of the PDF. */ bytes: number, 
/** Milliseconds for layout. */ compile_ms: number, 
/** Milliseconds for the PDF. */ export_ms: number, 
/** Remarks of the typesetter, with file and line. */ warnings: Array<string>, 
/** The folder that the project was written to. */ ejected: string | null, 
/** What to run in that folder for the same pages. */ command: string, };

export type ResourceLine = { 
/** Id. */ id: Id, 
/** The role. */ role: Id, 
/** Name of the person or team, or empty. */ name: string, 
/** Who employs them. */ employment: Employment, 
/** Full-time equivalents: 0.5 is half a person. */ fte: number, 
/** First day. */ from: string | null, 
/** Last day. */ to: string | null, 
/** Price of a person-day when it differs from the role's. */ day_rate: Money | null, };

export type RestorePoint = { 
/** The step before which it lies; `rewind` takes its id as `before`. */ before: HistoryStep, 
/** How many steps would be taken back, this one included. */ steps: number, };

export type Retest = { 
/** When the newer state was captured, else imported. */ at: string | null, 
/** What was found: fixed, partly fixed, or open when it is still so. */ outcome: Life, 
/** Names of the newer files. */ files: Array<string>, 
/** The values, the deciding one first. */ values: Array<RetestValue>, };

export type RetestChange = "new" | "unchanged" | "gone" | "better" | "worse" | "same" | "changed";

export type RetestCounts = { 
/** Not there before. */ new: number, 
/** Issues that are still there. */ unchanged: number, 
/** Not there any more. */ gone: number, 
/** Values that are better now. */ better: number, 
/** Values that are worse now. */ worse: number, 
/** The same values. */ same: number, 
/** Other values, of which neither is the better one. */ changed: number, 
/** Values that miss no threshold any more. */ mended: number, 
/** Values that miss a threshold now and did not before. */ broken: number, };

export type RetestOf = "issues" | "measurements";

export type RetestPair = { 
/** The newer artifact. */ newer: Id, 
/** The earlier one. */ earlier: Id, 
/** The newer file. */ newer_name: string, 
/** The earlier file. */ earlier_name: string, 
/** The tool that wrote both. */ tool: string, 
/** When the newer one was captured, else imported. */ newer_at: string | null, 
/** When the earlier one was captured, else imported. */ earlier_at: string | null, 
/** How issues differ. */ issues: RetestCounts, 
/** How measurements differ. */ measurements: RetestCounts, };

export type RetestProposal = { 
/** Key, the same as long as no newer file comes. */ key: string, 
/** The finding. */ finding: Id, 
/** Its number. */ number: number, 
/** Its title. */ title: string, 
/** What it is now. */ life: Life, 
/** What it would become: fixed, partly fixed, or open when it is still so. */ outcome: Life, 
/** When the newest of the newer files was captured, else imported. */ at: string | null, 
/** The newer files. */ files: Array<string>, 
/** The values, the deciding ones first. */ values: Array<ProposedValue>, 
/** What was not measured again: no newer file has it. */ missing: Array<string>, 
/** What was decided, if anything. */ decided: DecisionOutcome | null, 
/** Why it was dismissed. */ reason: string, };

export type RetestReply = { 
/** Pairs, in the order of import of the newer ones. */ pairs: Array<RetestPair>, 
/** What they propose, in the order of findings; those decided as well. */ proposals: Array<RetestProposal>, };

export type RetestRow = { 
/** How the two stand to each other. */ change: RetestChange, 
/** The metric, or the issue's title. */ title: string, 
/** What was measured; for an issue its rule, component and place. */ subject: string, 
/** Severity of an issue, the newer one's where there are two. */ severity: Severity | null, 
/** Unit of both values. */ unit: string, 
/** The value before. */ was: number | null, 
/** The value now. */ now: number | null, 
/** The raw text of the value before. */ was_text: string, 
/** The raw text of the value now. */ now_text: string, 
/** The side of the threshold before, where a check has one. */ was_side: Stand | null, 
/** The side of the threshold now. */ now_side: Stand | null, };

export type RetestRowsReply = { 
/** How many there are in all. */ total: number, 
/** The rows of this page. */ rows: Array<RetestRow>, };

export type RetestValue = { 
/** Dotted metric name; empty where issues were counted. */ metric: string, 
/** What was measured; for issues their rule and component. */ subject: string, 
/** Unit of both values. */ unit: string, 
/** The value before. */ was: number, 
/** The value now. */ now: number, 
/** The raw text of the value before where a number does not say it all. */ was_text: string, 
/** The raw text of the value now. */ now_text: string, };

export type RewindReply = { 
/** Steps taken back, newest first. */ steps: Array<HistoryStep>, };

export type Risk = { 
/** Id. */ id: Id, 
/** Number, shown as `R-003`; 0 until assigned. */ number: number, 
/** Place in the list. */ rank: number, 
/** Title. */ title: string, 
/** What could happen, and what follows (Markdown). */ scenario: string, 
/** Category. */ category: RiskCategory, 
/** Exposure without any control. */ inherent: Exposure | null, 
/** Exposure as things are. */ current: Exposure | null, 
/** Exposure once all initiatives that treat it are done. */ residual: Exposure | null, 
/** What is done about it. */ treatment: Treatment, 
/** Who owns it at the client. */ owner: string, 
/** What makes it smaller (Markdown). */ mitigation: string, 
/** Findings it comes from. */ findings: Array<Id>, };

export type RiskBand = "low" | "medium" | "high" | "critical";

export type RiskBasis = "weighted" | "counted" | "unmoved";

export type RiskCategory = "availability" | "performance" | "scalability" | "data_integrity" | "security" | "compliance" | "operational" | "delivery" | "people" | "financial";

export type RiskOutcome = { 
/** The risk. */ risk: Id, 
/** Its number. */ number: number, 
/** As things are. */ current: Exposure | null, 
/** With what is done. */ expected: Exposure | null, 
/** Score of `expected`. */ score: number | null, 
/** Share of the way from current to residual, 0 to 1. */ share: number, 
/** How the share was computed. */ basis: RiskBasis, };

export type RiskRank = { 
/** The risk. */ risk: Id, 
/** Its number. */ number: number, 
/** Score without controls. */ inherent: number | null, 
/** Score as things are. */ current: number | null, 
/** Score once all is done. */ residual: number | null, 
/** Band of the current score. */ band: RiskBand | null, };

export type RiskSuggestion = { 
/** Title. */ title?: string, 
/** What could happen, and what follows (Markdown). */ scenario?: string, 
/** Category. */ category?: RiskCategory | null, 
/** Likelihood, 1 to 5. */ likelihood?: Rating | null, 
/** Impact, 1 to 5. */ impact?: Rating | null, 
/** What makes it smaller (Markdown). */ mitigation?: string, };

export type RiskView = { 
/** Without controls. */ inherent: Matrix, 
/** As things are. */ current: Matrix, 
/** Once all is done. */ residual: Matrix, 
/** All risks, worst first: current score, then current impact, then inherent score, then number; not rated last. */ ranked: Array<RiskRank>, };

export type Role = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** Name, for example `Senior backend engineer`. */ name: string, 
/** Seniority, in words. */ seniority: string, 
/** Skills needed. */ skills: Array<string>, 
/** Price of a person-day. */ day_rate: Money, };

export type RoleCost = { 
/** The role; none when nobody known does it. */ role: Id | null, 
/** The role's name. */ name: string, 
/** Person-days of this role. */ days: Effort, 
/** Price of a person-day; none when nobody knows it. */ day_rate: Money | null, 
/** Days × rate. */ cost: MoneyRange, };

export type RoleDemand = { 
/** The role; none for work that no known role does. */ role: Id | null, 
/** The role's name. */ name: string, 
/** One entry a month of the schedule. */ months: Array<DemandMonth>, 
/** Person-days needed in all. */ demand_days: number, 
/** Person-days there in these months. */ capacity_days: number, };

export type RoleShare = { 
/** The role. */ role: Id, 
/** Share of the effort, 0 to 1; the shares of an initiative sum to 1. */ share: number, };

export type RoleSuggestion = { 
/** Role. */ role?: string, 
/** Seniority, in words. */ seniority?: string, 
/** Skills. */ skills?: Array<string>, 
/** Full-time equivalents. */ fte?: number, 
/** Months. */ months?: number, };

export type RoleTotal = { 
/** The role. */ role: Id, 
/** The role's name. */ name: string, 
/** Person-days. */ days: Effort, 
/** Price of a person-day used in the costs; none when nobody knows it. */ day_rate: Money | null, 
/** Sum of the initiatives' parts. */ cost: MoneyRange, };

export type RootCause = { 
/** The finding. */ finding: Id, 
/** Its number. */ number: number, 
/** Findings that it causes, at once or through others; nearest first. */ effects: Array<Id>, 
/** From the root to an end, the longest first. */ chains: Array<Array<Id>>, 
/** Symptoms that lead here. */ symptoms: Array<Id>, 
/** Of these, those that lead nowhere else: fixing the root settles them. */ settled: Array<Id>, 
/** Risks that come from the root or its effects. */ risks: Array<Id>, 
/** Initiatives that settle the root itself. */ initiatives: Array<Id>, 
/** Their person-days, those estimated. */ effort: Effort, 
/** What they cost once. */ once: MoneyRange, 
/** What they cost each year. */ yearly: MoneyRange, };

export type RowAggregation = "latest" | "mean" | "max" | "p99" | "each";

export type Rubric = { 
/** Columns, in order; the first describes the level as a whole. */ columns?: Array<RubricColumn>, 
/** Levels, highest first. */ levels?: Array<RubricLevel>, };

export type RubricColumn = { 
/** Id; the key of the cells. */ id?: string, 
/** Title. */ title?: string, };

export type RubricLevel = { 
/** The level, 1 to 5. */ level?: Level | null, 
/** A word for it, for example `Standardised`. */ name?: string, 
/** Column id to description; one cell a column. */ cells?: { [key in string]: string }, };

export type Rule = { 
/** Dotted metric name. */ metric?: string, 
/** Other metrics that carry the same quantity, already confined to the rule's `endpoints`; where both stand for
 * one subject of one artifact, these are taken. */ also?: Array<string>, 
/** Where its measurements come from. */ kind?: EvidenceKind, 
/** What to call it in a sentence, for example `p99`. */ label?: string, 
/** What a subject is, in the singular, for example `endpoint`. */ noun?: string, 
/** How it is compared. */ op?: Comparator, 
/** Number it is compared with, in `unit`. */ value?: number, 
/** Words it is compared with, for `one_of` and `none_of`. */ values?: Array<string>, 
/** Unit of `value`; measurements in another unit of the same kind are converted. */ unit?: string, 
/** A value that misses the threshold but keeps this one is `improve`, not `fail`. */ improve?: number | null, 
/** What a value beyond all of these proposes. */ miss?: Miss, 
/** Words that miss the threshold but are `improve`. */ improve_values?: Array<string>, 
/** How several subjects become one verdict. */ over?: Aggregation, 
/** Share of subjects, 0 to 1, that must meet the threshold; for `share`. */ min_share?: number, 
/** Share of subjects, 0 to 1, from which a missed `min_share` is `improve`. */ improve_share?: number | null, 
/** Which endpoints are judged. */ endpoints?: Endpoints, 
/** Only these subjects are judged, ignoring case; a trailing `*` stands for anything. Empty for all. */ subjects?: Array<string>, 
/** Metrics of the same artifact and subject (or of the whole) that the value is divided by. */ per?: Array<string>, 
/** Factor on the quotient; 0 means 1. */ scale?: number, 
/** Verdicts that it may propose; empty for all. */ proves?: Array<Proves>, 
/** Bounds to use where `metric` is missing. */ bounds?: Bounds | null, 
/** Where it is missing although the measurement was made. */ absent?: Absent | null, 
/** Conditions for judging a subject at all, for example a number of requests. */ requires?: Array<Condition>, 
/** Conditions for a pass, for example a share of failed requests. */ pass_requires?: Array<Condition>, };

export type Run = { 
/** First working day. */ from: string, 
/** Last working day. */ to: string, 
/** FTE on each of these days; a half day counts half. */ fte: number, };

export type SampleReply = { 
/** Files imported. */ files: number, 
/** Findings written. */ findings: number, 
/** Initiatives written. */ initiatives: number, };

export type Schedule = { 
/** First day of the roadmap. */ roadmap_start: string, 
/** Last day of the last initiative. */ ends: string | null, 
/** Earliest of three runs with low, likely and high efforts. */ ends_earliest: string | null, 
/** Latest of these three. */ ends_latest: string | null, 
/** Working days from the roadmap's start to the end, in halves. */ working_days: number, 
/** By number, then id. */ initiatives: Array<Scheduled>, 
/** By number, then id. */ unscheduled: Array<Unscheduled>, 
/** Initiatives without slack, by start. */ critical_chain: Array<Id>, 
/** Roles that are needed more than they are there. */ overloads: Array<Overload>, 
/** Months from the roadmap's start to the end. */ months: Array<Month>, 
/** Demand and capacity by role over these months. */ demand: Array<RoleDemand>, };

export type Scheduled = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** Its phase. */ phase: Id | null, 
/** Its theme. */ theme: Id | null, 
/** First day. */ start: string, 
/** Last day. */ end: string, 
/** Whether it starts in the afternoon. */ starts_at_noon: boolean, 
/** Whether it ends at noon. */ ends_at_noon: boolean, 
/** Working days from start to end, in halves. */ working_days: number, 
/** Who does it. */ allocations: Array<Allocation>, 
/** Why it starts then. */ why: StartReason, 
/** The same in English. */ why_sentence: string, 
/** Working days by which it could end later without moving the end of the roadmap. */ slack_days: number, 
/** Whether it has no slack: a link of the critical chain. */ critical: boolean, 
/** The dates that it is measured against. */ limits: Array<Limit>, 
/** Whether it misses one of them. */ late: boolean, 
/** Earliest last day of three runs with low, likely and high efforts. */ finish_earliest: string, 
/** Latest last day of these three; none when the high run does not end within twenty years. */ finish_latest: string | null, };

export type ScoreReply = { 
/** The checklist's score. */ health: HealthScore | null, 
/** The areas' levels. */ maturity: MaturityScore | null, };

export type Section = { 
/** Id, unique in the pack. */ id?: string, 
/** Title. */ title?: string, 
/** What the section is about and why it matters (Markdown). */ intro?: string, 
/** Its checks, in order. */ checks?: Array<Check>, };

export type SectionChoice = { 
/** The section's id in the template. */ id: string, 
/** Whether it is left out. */ off: boolean, };

export type SectionScore = { 
/** Id. */ id: string, 
/** Title. */ title: string, 
/** Checks that pass. */ passed: number, 
/** Checks that fail. */ failed: number, 
/** Checks to improve. */ improve: number, 
/** Checks that apply. */ total: number, 
/** Checks that do not apply. */ not_applicable: number, 
/** Checks that apply and are not assessed. */ not_assessed: number, };

export type Segment = { "to": "move", 
/** From the left. */ x: number, 
/** From the top. */ y: number, } | { "to": "line", 
/** From the left. */ x: number, 
/** From the top. */ y: number, } | { "to": "cubic", 
/** First control point, from the left. */ x1: number, 
/** First control point, from the top. */ y1: number, 
/** Second control point, from the left. */ x2: number, 
/** Second control point, from the top. */ y2: number, 
/** End, from the left. */ x: number, 
/** End, from the top. */ y: number, } | { "to": "close" };

export type SetSeveritiesReply = { 
/** The tool's words as they are now. */ table: ToolTable, 
/** The artifacts that say something else now, and those that cannot be read again and stay as they were. */ files: Array<FileReport>, 
/** Links from findings to what is no longer there. */ unlinked: number, 
/** Checks whose proposed verdict was renewed. */ proposals: number, 
/** What changed; null when nothing did. */ changes: Changes | null, };

export type SettingKind = "switch" | "choice" | "number" | "text";

export type SettingValue = boolean | number | string;

export type Severity = "critical" | "high" | "medium" | "low" | "info";

export type SeverityOrigin = "tool" | "importer" | "consultant";

export type SeverityTable = { 
/** Id. */ id: Id, 
/** The tool, as its artifacts name it; upper and lower case make no difference. */ tool: string, 
/** The words, each once. */ words: Array<ChosenSeverity>, };

export type SeverityWord = { 
/** The pack's word. */ word?: string, 
/** Severity on the product's scale. */ severity?: Severity, 
/** When to use it. */ meaning?: string, };

export type Shape = { "shape": "path", 
/** Its parts, one after the other. */ segments: Array<Segment>, 
/** Colour within; `None`: not filled. */ fill: Colour | null, 
/** The line; `None`: none. */ stroke: Stroke | null, 
/** 0–1. */ opacity: number, } | { "shape": "text", 
/** Where it is anchored. */ x: number, 
/** Its baseline. */ y: number, 
/** Size of the type. */ size: number, 
/** Weight of the type. */ weight: FontWeight, 
/** Its colour. */ colour: Colour, 
/** What of it is at `x`. */ anchor: Anchor, 
/** The text, in reading order. */ text: string, 
/** As wide as measured. */ width: number, 
/** 0–1. */ opacity: number, } | { "shape": "image", 
/** Left side. */ x: number, 
/** Upper side. */ y: number, 
/** Width. */ w: number, 
/** Height. */ h: number, 
/** The picture as a data URI: PNG, JPEG, GIF or WebP. */ data: string, 
/** 0–1. */ opacity: number, };

export type Signal = { 
/** Where the rule holds, this is a fact for this level; where it does not, one against it. */ for_level?: Level | null, 
/** Where the rule holds, this is a fact against this level and all above; otherwise it says nothing. */ against_level?: Level | null, 
/** Whether the level, and those above it, cannot be suggested without it; for `for_level` only. */ required?: boolean, 
/** The sentence that is true when the rule holds. */ sentence?: string, 
/** The rule. */ rule?: Rule, };

export type SourceReply = { 
/** The artifact's name. */ name: string, 
/** The text shown. */ text: string, 
/** Number of its first line, from 1. */ first_line: number, 
/** Where the place begins in `text`, in UTF-16 units. */ start: number, 
/** Where it ends. */ end: number, 
/** Whether the place was found; the beginning is shown when it was not. */ found: boolean, };

export type SourcesReply = { 
/** What would be added, filled in, matched, left alone. */ preview: MergePreview, 
/** What was seen and not drawn, and the reverse, as far as nothing was decided of it; empty without traces. */ traffic: Traffic, 
/** How many disagreements were decided before: findings of their own, or dismissed. */ decided: number, 
/** Remarks on what was read. */ remarks: Array<Remark>, };

export type StackReply = { 
/** The pack that has the table. */ pack: string, 
/** The area. */ area: string, 
/** The table's id. */ table: string, 
/** What is not in it. */ rows: Array<StackRow>, };

export type StackRow = { 
/** What it is among those of one answer. */ key: string, 
/** What it is part of: `Language`, `Framework`, `Runtime`. */ component: string, 
/** Its name. */ name: string, 
/** Its version as the code has it; empty where it names none. */ version: string, 
/** The newest version, where the program knows the product. */ newest: string, 
/** How many versions are newer; null where that is not known. */ behind: number | null, 
/** The day its maker's support ends or ended; null where that is not known. */ ends: string | null, 
/** Whether its maker no longer looks after it; null where that is not known. */ ended: boolean | null, 
/** Files with their lines. */ places: Array<string>, 
/** The artifact that tells of it. */ artifact: Id, 
/** The place in the artifact, as `source` takes it. */ at: string, 
/** The row as it would stand in the table. */ cells: { [key in string]: string }, };

export type Stand = "misses" | "near" | "meets";

export type Standard = "pdf-1.7" | "pdf-2.0" | "a-2b" | "a-2a" | "a-3b" | "ua-1" | "a-2a+ua-1";

export type StartReason = { "code": "roadmap_start" } | { "code": "phase_start", 
/** The phase. */ phase: Id, } | { "code": "earliest_start", 
/** That day. */ date: string, } | { "code": "waits_for", 
/** The initiative that ends last. */ initiative: Id, 
/** How it is shown. */ label: string, 
/** Working days between. */ lag_days: number, } | { "code": "waits_for_role", 
/** The role. */ role: Id, 
/** The role's name. */ name: string, 
/** The initiatives that release it. */ busy_with: Array<Id>, 
/** How they are shown. */ labels: Array<string>, } | { "code": "no_capacity_before", 
/** The role. */ role: Id, 
/** The role's name. */ name: string, 
/** The day on which it has. */ date: string, };

export type State = { 
/** The open file, or null. */ path: string | null, 
/** Client and system, or empty. */ title: string, 
/** Whether the file can only be read. */ read_only: boolean, 
/** Whether it was brought back after a crash when it was opened, until `opening_told`. */ recovered: boolean, 
/** Why another file is not open that a start of the application named, until `opening_told`. */ unopened: AppError | null, 
/** What the next undo would take back; null when there is nothing. */ undo: HistoryStep | null, 
/** What the next redo would do again; null when there is nothing. */ redo: HistoryStep | null, 
/** Languages of reports. */ languages: Array<string>, 
/** Templates of reports, each with the ids of its sections, the engagement's own last. */ templates: Array<Entry>, 
/** Brands of reports, the engagement's own last. */ brands: Array<Entry>, 
/** Families that reports can be set in. */ fonts: Array<string>, 
/** Formats that can be imported. */ formats: Array<Entry>, 
/** Built-in packs. */ packs: Array<Entry>, };

export type StatusMark = { 
/** What is written on it. */ label: string, 
/** Its colour. */ colour: Colour, 
/** Where it is. */ rect: Rect, 
/** What it stands for: numbers of findings, first of all. */ ids: Array<string>, };

export type Step = { 
/** Level before. */ from?: Level | null, 
/** Level after. */ to?: Level | null, 
/** Title, for example `Basic structure`. */ title?: string, 
/** How urgent it is. */ priority?: Priority | null, 
/** How long it usually takes, in words. */ timeline?: string, 
/** What to do. */ groups?: Array<ActionGroup>, };

export type StepRow = { 
/** Its number; steps in parallel share it. */ order: string, 
/** Key of who acts. */ source: string, 
/** Key of who is asked. */ destination: string, 
/** What happens. */ description: string, 
/** Whether it answers. */ response: boolean, };

export type Stroke = { 
/** Its colour. */ colour: Colour, 
/** How wide it is. */ width: number, 
/** Lengths of dashes and gaps, in turn; empty: solid. */ dash: Array<number>, };

export type SuccessMetric = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** Name. */ name: string, 
/** Value now, with its unit, or `not measured`. */ current: string, 
/** Value wanted, with its unit. */ target: string, 
/** By when, in words or as a date. */ by: string, 
/** How it is measured. */ method: string, 
/** Who reports it. */ owner: string, 
/** The measurement that `current` comes from. */ source: Id | null, };

export type SuggestReply = { 
/** The pack. */ pack: string, 
/** What changed. */ changes: Changes, };

export type Suggestion = { 
/** The level that it supports; null where it neither proves nor excludes level 2. */ level: Level | null, 
/** The next level that evidence alone can prove; null where there is none. */ next: Level | null, 
/** Facts for a level, in the pack's order. */ for: Array<LevelFact>, 
/** Facts against a level, in the pack's order. */ against: Array<LevelFact>, 
/** What would speak for a level but was not measured, in the pack's order. */ missing: Array<MissingFact>, };

export type Suggestions = { 
/** Phases, in order. */ phases?: Array<PhaseSuggestion>, 
/** Roles. */ team?: Array<RoleSuggestion>, 
/** Budget categories. */ budget?: Array<BudgetSuggestion>, 
/** Trainings. */ trainings?: Array<TrainingSuggestion>, 
/** Success metrics. */ metrics?: Array<MetricSuggestion>, 
/** Key results. */ key_results?: Array<KeyResultSuggestion>, 
/** Risks. */ risks?: Array<RiskSuggestion>, };

export type Symptom = { 
/** Id. */ id: Id, 
/** Place in the list; any number, ties broken by id. */ rank: number, 
/** What breaks, in a sentence. */ title: string, 
/** How often, in words. */ frequency: string, 
/** The operation it hurts. */ operation: Operation, 
/** How much it hurts, 1 to 5. */ severity: Rating | null, 
/** What the people who live with it do (Markdown). */ workaround: string, 
/** Where the trace led (Markdown). */ trace: string, 
/** The root cause (Markdown). */ root_cause: string, 
/** What it costs the operation (Markdown). */ consequence: string, 
/** Findings that explain it. */ findings: Array<Id>, };

export type Table = { 
/** Id, unique in the area. */ id?: string, 
/** Title. */ title?: string, 
/** What belongs there (Markdown). */ intro?: string, 
/** Columns, in order. */ columns?: Array<Column>, 
/** Rows to start with: column id to cell text; empty cells are left out. */ rows?: Array<{ [key in string]: string }>, };

export type TablePreview = { 
/** The file's name. */ name: string, 
/** The artifact that was looked at, if any. */ artifact: Id | null, 
/** What it looks like. */ shape: TableShape, 
/** The mapping that was tried. */ mapping: Mapping, 
/** Where that comes from. */ origin: MappingOrigin, 
/** The mapping that is remembered for these columns, if any. */ remembered: MappingUsed | null, 
/** The first measurements. */ measurements: Array<MeasurementRow>, 
/** How many there are in all. */ measured: number, 
/** The cells for which the table would be refused; no more than the first 10,000. */ refused: Array<RefusedCell>, 
/** How many there are in all. */ refused_cells: number, 
/** Why nothing can be measured at all; empty when it can. */ reason: string, 
/** What to do about that. */ remedy: string, 
/** Remarks. */ diagnostics: Array<Diagnostic>, };

export type TableShape = { 
/** What separates the cells: `,`, `;`, a tab or `|`. */ delimiter: string, 
/** Whether its numbers have a decimal comma. */ decimal_comma: boolean, 
/** The columns, in their order. */ columns: Array<ColumnShape>, 
/** Number of rows below the header. */ rows: number, 
/** The first rows as they are written, each with as many cells as there are columns. */ first_rows: Array<Array<string>>, 
/** What the columns seem to mean: a beginning, to be looked at by a person. */ mapping: Mapping, };

export type TableWord = { 
/** The word; empty for issues of which the tool says nothing. */ word: string, 
/** How many issues of this engagement say it. */ issues: number, 
/** Of these, how many have another severity than the word's: a score or the like decided. */ otherwise: number, 
/** What it means; null where what else is said of an issue decides. */ severity: Severity | null, 
/** What it means by the built-in table, worst first: several where versions of the tool differ or where what else is
 * said of an issue decides, none where the table does not know it. */ built_in: Array<Severity>, 
/** Whether its meaning was chosen in this engagement. */ chosen: boolean, 
/** Whether it is no severity of the tool's, so that Groma assigns one. */ assigned: boolean, 
/** Whether no table knows it and nobody chose a meaning: it was taken as Medium. */ unknown: boolean, };

export type TakenFinding = { 
/** What became of it. */ outcome: LibraryOutcome, 
/** Its title, as far as it has one. */ title: string, 
/** Its place in the file, from 1. */ number: number, 
/** The finding of the library that it is now, or that was there; empty when refused. */ id: string, 
/** How often it was kept anew, in the library. */ version: number, 
/** Why it was refused, in English; empty when it was not. */ reason: string, };

export type TakenTemplate = { 
/** The template's id. */ id: Id, 
/** Its title. */ name: string, 
/** What changed; nothing when the folder holds what was kept. */ changes: Changes | null, };

export type Template = { 
/** Id. */ id: Id, 
/** Title. */ name: string, 
/** Version, as its folder says. */ version: string, 
/** The folder that it was read from. */ folder: string, 
/** Its files by `/`-separated path below the folder, those that it shares with others below `_shared/`. */ files: { [key in string]: TemplateFile }, };

export type TemplateFile = { 
/** What is in it: text, or bytes as Base64. */ content: string, 
/** Whether it is Base64. */ base64: boolean, };

export type TemplateReply = { 
/** What the engagement names it by: a built-in id, or the id of one that it keeps; empty for a folder not taken yet. */ id: string, 
/** Title. */ title: string, 
/** Version. */ version: string, 
/** What it is for. */ description: string, 
/** Its sections in their default order. */ sections: Array<TemplateSection>, 
/** What it can be set to. */ settings: Array<TemplateSetting>, 
/** The folder of a consultant's own; empty for a built-in one. */ folder: string, 
/** Why it cannot be used; empty when it can. */ trouble: string, };

export type TemplateSection = { 
/** Id. */ id: string, 
/** Its title, by the languages of the window. */ titles: { [key in string]: string }, 
/** Whether it is left out unless switched on. */ off: boolean, 
/** Whether it is left out of an executive report. */ technical: boolean, };

export type TemplateSetting = { 
/** Id. */ id: string, 
/** What it takes. */ kind: SettingKind, 
/** The words of a choice. */ choices: Array<string>, 
/** What it is when nobody set it. */ default: SettingValue, 
/** Its name by language. */ title: { [key in string]: string }, 
/** What it does, by language. */ hint: { [key in string]: string }, };

export type TextHit = { 
/** A rectangle for each run that it goes over, in reading order. */ areas: Array<PageArea>, };

export type TextReply = { 
/** Why it is no model; null when it is one. */ refused: Remark | null, 
/** Remarks on a model. */ remarks: Array<Remark>, 
/** Identifiers that the text defines, for completion. */ identifiers: Array<string>, };

export type Theme = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** Name. */ name: string, 
/** What will be true when it is done (Markdown). */ target_state: string, 
/** How to see that it is done (Markdown). */ exit_criterion: string, };

export type Threshold = { 
/** For people, for example `p99 below 200 ms`. */ text?: string, 
/** How the rules of one kind of evidence go together. */ combine?: Combine, 
/** The rules; empty when only a person can tell. */ rules?: Array<Rule>, 
/** What is told beside the check. */ facts?: Array<Fact>, };

export type ToolTable = { 
/** The tool, as its artifacts name it. */ tool: string, 
/** The object that keeps what was chosen, if anything was. */ table: Id | null, 
/** Ids of the formats in which its results come. */ formats: Array<string>, 
/** How many artifacts of it are here. */ artifacts: number, 
/** How many issues they make. */ issues: number, 
/** Of these, how many are rated by a score of the tool's alone: no word decides of them. */ scores: number, 
/** Whether a score decides of some issues, before or instead of a word. */ scored: boolean, 
/** Whether its words can be given other meanings. Those of a format in which each file names its tool cannot before
 * there is such a file. */ editable: boolean, 
/** The words: unknown ones first, then the gravest. */ words: Array<TableWord>, };

export type Traffic = { 
/** Seen in traffic, not in the model; the most frequent first. */ seen_not_modelled: Array<TrafficRelation>, 
/** In the model between two that were both seen, yet never seen themselves. */ modelled_not_seen: Array<TrafficRelation>, 
/** Seen in traffic, not in the model. */ elements_not_modelled: Array<TrafficElement>, 
/** Containers of the model of which no traffic was seen. */ elements_not_seen: Array<TrafficElement>, 
/** How many relationships both know. */ agreed: number, };

export type TrafficElement = { 
/** Key in the existing model; none where it is not modelled. */ key: string | null, 
/** The name. */ name: string, 
/** What it is built with; may be empty. */ technology: string, 
/** Where it was seen. */ sources: Array<FoundIn>, 
/** Of a service that is in the traces and not in the model, while no call from it or to it was seen: what names the
 * disagreement. Of others none: their calls tell of them. */ id: string | null, 
/** How many spans the traces have of it; 0 of what no trace is of. */ spans: number, };

export type TrafficEvidence = { 
/** Calls or messages in the traces. */ calls: number, 
/** How many of them failed. */ errors: number, 
/** The share that failed, 0–1. */ error_rate: number | null, 
/** The 99th percentile of their durations by nearest rank, milliseconds. */ p99_ms: number | null, 
/** The most frequent operations with their numbers. */ operations: string, 
/** `sync`, `db`, `publish` or `consume`. */ kind: string, 
/** The files they were read from. */ sources: Array<FoundIn>, };

export type TrafficRelation = { 
/** Names the disagreement by what the traces call the two, so that renaming an element of the model does not make it
 * another. */ id: string, 
/** Key of the source in the existing model; none where it is not modelled. */ from: string | null, 
/** Name of the source. */ from_name: string, 
/** Key of the destination in the existing model; none where it is not modelled. */ to: string | null, 
/** Name of the destination. */ to_name: string, 
/** What for. */ description: string, 
/** By what means; may be empty. */ technology: string, 
/** What was measured; none of what was not seen. */ evidence: TrafficEvidence | null, };

export type TrainingCost = { 
/** The training. */ training: Id, 
/** Subject. */ title: string, 
/** The phase that pays. */ phase: Id | null, 
/** Price in all. */ once: Money, };

export type TrainingNeed = { 
/** Id. */ id: Id, 
/** Place in the list. */ rank: number, 
/** Subject. */ title: string, 
/** Who needs it. */ audience: string, 
/** How many people. */ people: number, 
/** Days a person. */ days: number, 
/** Price in all. */ cost: Money, 
/** The phase in which it is needed. */ phase: Id | null, };

export type TrainingSuggestion = { 
/** Subject. */ title?: string, 
/** Who needs it. */ audience?: string, 
/** Days a person. */ days?: number, };

export type Treatment = "mitigate" | "accept" | "avoid" | "transfer";

export type Triage = "monitor" | "diagnostic_review" | "systems_audit" | "stabilisation_sprint" | "modernisation";

export type Unscheduled = { 
/** The initiative. */ initiative: Id, 
/** Its number. */ number: number, 
/** Why. */ reason: UnscheduledReason, 
/** The same in English. */ sentence: string, };

export type UnscheduledReason = { "code": "no_effort" } | { "code": "waits_for_unscheduled", 
/** The one it waits for. */ initiative: Id, 
/** How it is shown. */ label: string, } | { "code": "beyond_horizon" };

export type ValueColumn = { 
/** The column's name. */ column: string, 
/** The metric of the vocabulary that it is. */ metric: string, 
/** The unit of its numbers: `ms`, `s`, `%`, `MiB`, …; empty for the metric's own. A unit that a cell itself names
 * counts instead. */ unit: string, 
/** What is made of several rows. */ aggregation: RowAggregation, 
/** What it is measured of where the table has no column for that; empty for the whole. */ subject: string, };

export type Verdict = "pass" | "fail" | "improve" | "not_applicable" | "not_assessed";

export type VerifyReply = { 
/** Whether nothing is wrong. */ sound: boolean, 
/** What is wrong, one sentence each. */ problems: Array<string>, 
/** Stored files whose hash was recomputed. */ blobs: number, 
/** Rows of objects looked at. */ objects: number, };

export type View = "quadrant" | "wsjf" | "rice";

export type ViewKind = "custom" | "system_landscape" | "system_context" | "container" | "component" | "dynamic" | "deployment" | "filtered" | "image";

export type ViewPlaces = { 
/** The upper left corner of each element that was placed, by the element's key. */ elements: { [key in string]: [number, number] }, 
/** Lines that were bent: their bends in order. */ lines: Array<LinePlace>, 
/** Width and height of the paper, where it is known. */ size: [number, number] | null, 
/** Structurizr's name of the paper's size, `A4_Landscape`; empty: not known. */ paper: string, };

export type ViewRow = { 
/** Its key. */ key: string, 
/** What it shows. */ kind: ViewKind, 
/** Its title; one made of its scope when it has none. */ title: string, 
/** What it tells. */ description: string, 
/** Key of the element that it is about. */ scope: string | null, 
/** Keys of the elements on it. */ elements: Array<string>, 
/** The steps of a dynamic view. */ steps: Array<StepRow>, 
/** Whether a person placed something on it. */ placed: boolean, };

export type WeakestArea = { 
/** Id. */ id: string, 
/** Title. */ title: string, 
/** Its level. */ level: Level, };

export type Weight = "error" | "warning";

export type WhatIf = { 
/** The funded phases, by number. */ phases: Array<Id>, 
/** Initiatives that are done, by number. */ done: Array<Id>, 
/** Funded initiatives that wait for unfunded ones. */ blocked: Array<BlockedInitiative>, 
/** Risks, by number. */ risks: Array<RiskOutcome>, 
/** The matrix of the expected exposures. */ matrix: Matrix, 
/** Areas, by pack and area. */ areas: Array<AreaOutcome>, 
/** What becomes of the findings. */ findings: FindingOutcome, 
/** Cost of the funded part. */ cost: CostParts, 
/** Part of `cost.once` that goes to blocked initiatives. */ blocked_once: MoneyRange, };

export type WordChange = { 
/** The tool's word, in any case; empty for issues of which it says nothing. */ word: string, 
/** What it means; null for what the built-in table says. */ severity: Severity | null, };

export type WorkStatus = "open" | "in_progress" | "done";

/** What `get` and `list` answer, by kind. */
export interface Objects {
  engagement: Engagement;
  intake: Intake;
  symptoms: Symptom;
  packs: PackSnapshot;
  answers: Answer;
  assessments: Assessment;
  artifacts: Artifact;
  decisions: Decision;
  findings: Finding;
  evidence_links: EvidenceLink;
  images: Image;
  diagrams: Diagram;
  risks: Risk;
  themes: Theme;
  initiatives: Initiative;
  phases: Phase;
  milestones: Milestone;
  roles: Role;
  resources: ResourceLine;
  budget: BudgetLine;
  trainings: TrainingNeed;
  metrics: SuccessMetric;
  key_results: KeyResult;
  notes: Note;
  brands: Brand;
  architectures: Architecture;
  templates: Template;
  exhibits: Exhibit;
  mappings: Mapping;
  severities: SeverityTable;
}

/** Every command: what it takes beside `do`, and what it answers. */
export interface Commands {
  /** Open an engagement file in place of the one that is open. */
  open: { ask: { 
/** The file. */ path: string, }; answer: State };
  /** Open the file that a start of the application named. */
  open_named: { ask: { 
/** The file. */ path: string, }; answer: null };
  /** Create an engagement file and open it. */
  create: { ask: Partial<{ 
/** The file; must not exist. */ path: string, 
/** Client organisation. */ client: string, 
/** Name of the audited system. */ system: string, 
/** Report language; English when not given. */ language: string, 
/** ISO 4217 code; EUR when not given. */ currency: string, 
/** Brand; the application's own when not given. */ brand: string, 
/** Packs: built-in ids, or paths of TOML or Markdown files; both built-in ones when not given. */ packs: Array<string>, }>; answer: CreateReply };
  /** Create the sample engagement and open it. */
  sample: { ask: { 
/** The file; must not exist. */ path: string, }; answer: SampleReply };
  /** Close the engagement. */
  close: { ask: Partial<Record<symbol, never>>; answer: State };
  /** What is open, and what there is to choose from. */
  state: { ask: Partial<Record<symbol, never>>; answer: State };
  /** The user was told what came of opening a file. */
  opening_told: { ask: Partial<Record<symbol, never>>; answer: null };
  /** The engagements opened last, newest first. */
  recents: { ask: Partial<Record<symbol, never>>; answer: Array<Recent> };
  /** Take an engagement off that list; the file stays. */
  forget_recent: { ask: { 
/** The file. */ path: string, }; answer: Array<Recent> };
  /** How the window was set. */
  preferences: { ask: Partial<Record<symbol, never>>; answer: { [key in string]: JsonValue } };
  /** Remember settings of the window. */
  prefer: { ask: { 
/** Settings by name. */ settings: { [key in string]: JsonValue }, }; answer: { [key in string]: JsonValue } };
  /** Stop the long work under way. */
  cancel: { ask: Partial<Record<symbol, never>>; answer: null };
  /** One object by kind and id, number or key. */
  get: { ask: { 
/** Kind. */ kind: Kind, 
/** Id, number (`12`, `F-012`), or nothing for the engagement and the intake. */ id: string, }; answer: JsonValue };
  /** All objects of a kind, in display order. */
  list: { ask: { 
/** Kind. */ kind: Kind, }; answer: Array<JsonValue> };
  /** Add an object of a kind. */
  insert: { ask: { 
/** Kind. */ kind: Kind, 
/** Its fields; those not given take their defaults, id and number are assigned. */ object: { [key in string]: JsonValue }, }; answer: Changed };
  /** Change fields of an object. */
  update: { ask: { 
/** Kind. */ kind: Kind, 
/** Id, number (`12`, `F-012`), or nothing for the engagement and the intake. */ id: string, 
/** The fields to change; the others stay. */ fields: { [key in string]: JsonValue }, }; answer: Changed };
  /** Remove an object; links to it are cleaned in the same step. */
  delete: { ask: { 
/** Kind. */ kind: Kind, 
/** Id or number (`12`, `F-012`). */ id: string, }; answer: Changed };
  /** Change the same fields of several objects in one step. */
  update_many: { ask: { 
/** Kind. */ kind: Kind, 
/** Ids. */ ids: Array<Id>, 
/** The fields to change; the others stay. */ fields: { [key in string]: JsonValue }, }; answer: Changes };
  /** Remove several objects in one step. */
  delete_many: { ask: { 
/** Kind. */ kind: Kind, 
/** Ids. */ ids: Array<Id>, }; answer: Changes };
  /** Run several changing commands as one: all or nothing, one step. */
  batch: { ask: { 
/** The commands, each with its word in `do`. */ calls: Array<JsonValue>, }; answer: BatchReply };
  /** Move an object to another place in its list. */
  reorder: { ask: { 
/** Kind. */ kind: Kind, 
/** The object to move. */ id: Id, 
/** The object behind which it goes; the first place when not given. */ after?: Id | null, }; answer: Changes };
  /** Take back the last step. */
  undo: { ask: Partial<Record<symbol, never>>; answer: Changes };
  /** Do the last undone step again. */
  redo: { ask: Partial<Record<symbol, never>>; answer: Changes };
  /** Take back every step after a point, or say what that would be. */
  rewind: { ask: Partial<{ 
/** The step after which nothing shall have been done, from the history. */ step: Id | null, 
/** The step that shall not have been done either; instead of `step`. */ before: Id | null, 
/** Only say what would be taken back. */ preview: boolean, }>; answer: RewindReply };
  /** The moments before large changes that can be gone back to. */
  restore_points: { ask: Partial<Record<symbol, never>>; answer: Array<RestorePoint> };
  /** Who changed what and when, newest first. */
  history: { ask: Partial<{ 
/** Only objects of this kind. */ kind: Kind | null, 
/** Only this object. */ id: Id | null, 
/** Only what this author did; all when not given. */ author: string | null, 
/** Only from this moment on. */ since: string | null, 
/** Only before this moment. */ until: string | null, 
/** How many entries at most; 0 for 100. */ limit: number, }>; answer: Array<HistoryEntry> };
  /** Who has changed something. */
  authors: { ask: Partial<Record<symbol, never>>; answer: Array<string> };
  /** Full-text search over all prose. */
  search: { ask: { 
/** Words; the last may be the beginning of one. */ query: string, 
/** How many hits at most. */ limit: number, }; answer: Array<Hit> };
  /** Import files or folders of tool outputs. */
  import: { ask: { 
/** Files or folders. */ paths: Array<string>, 
/** Read them as this format instead of looking at their content. */ as?: string | null, 
/** Read them as tables by this mapping of their columns, and remember it for all tables with these columns. A
 * mapping without a header takes that of the table. What else an earlier mapping read stays as it is: `remap`
 * reads that again. */ mapping?: Mapping | null, }; answer: ImportReply };
  /** Read a local checkout, never running it, and keep what it tells as an artifact. */
  probe_code: { ask: Partial<{ 
/** The checkout's folder. */ folder: string, 
/** What it is of; the folder's name when empty. */ subject: string, 
/** A file to write the facts to, in place of the open engagement. */ output?: string | null, }>; answer: ProbeReply };
  /** Write a folder of read-only probes for the checks that are still open. */
  write_kit: { ask: Partial<{ 
/** The folder: a new or empty one, or one that a kit was written to and that nobody changed. */ folder: string, 
/** All checks of the engagement's packs, also those that are answered. */ all: boolean, }>; answer: KitReply };
  /** Read tool outputs without keeping them. */
  inspect: { ask: { 
/** Files or folders. */ paths: Array<string>, 
/** Read them as this format instead of looking at their content. */ as?: string | null, 
/** Read them as tables by this mapping of their columns. */ mapping?: Mapping | null, }; answer: InspectReply };
  /** What the columns of a table seem to mean, and what a mapping of them would measure or refuse. */
  preview_table: { ask: Partial<{ 
/** The file; an entry of an archive follows the archive's path. */ path?: string | null, 
/** Or the artifact. */ artifact?: Id | null, 
/** Or a remembered mapping: the newest artifact with its columns is looked at, where there is one. */ remembered?: Id | null, 
/** What is tried; the remembered mapping of these columns, else the guess, when not given. */ mapping?: Mapping | null, }>; answer: TablePreview };
  /** Remember a mapping of columns, and read the artifacts with these columns again by it. */
  remap: { ask: { 
/** The mapping. */ mapping: Mapping, 
/** An artifact that is to be read by it, whatever it was read as. */ artifact?: Id | null, }; answer: RemapReply };
  /** What each tool's words for severity mean, and how many issues say them. */
  severities: { ask: Partial<Record<symbol, never>>; answer: Array<ToolTable> };
  /** Choose what words of a tool mean in this engagement, and read its artifacts again by it. */
  set_severities: { ask: { 
/** The tool by its name, or by the id of a format that is its alone. */ tool: string, 
/** Words and what they mean. */ words?: Array<WordChange> | null, 
/** Let every other word mean again what the built-in table says. */ reset: boolean, }; answer: SetSeveritiesReply };
  /** The metrics that a column can be, with their units. */
  vocabulary: { ask: Partial<Record<symbol, never>>; answer: Array<MetricUnits> };
  /** Measurements of the live artifacts. */
  measurements: { ask: Partial<{ 
/** Only those of this artifact. */ artifact: Id | null, 
/** Only metrics that begin like this. */ metric: string, }>; answer: Array<Measurement> };
  /** Issues of the live artifacts, in pages. */
  issues: { ask: Partial<{ 
/** Only those of this artifact. */ artifact: Id | null, 
/** Only those of this severity. */ severity: Severity | null, 
/** Only those of this group. */ group: string, 
/** How many to pass over. */ offset: number, 
/** How many at most; 0 for all. */ limit: number, }>; answer: Array<Issue> };
  /** What evidence links point to, in words. */
  evidence: { ask: { 
/** What is asked for. */ targets: Array<EvidenceRef>, }; answer: Array<EvidenceFacts> };
  /** The figures that prose can call by name, with what is printed for them. */
  facts: { ask: Partial<Record<symbol, never>>; answer: Array<FactReply> };
  /** The raw text of an artifact around a place. */
  source: { ask: { 
/** The artifact. */ artifact: Id, 
/** The place: `line 12`, or a JSON pointer such as `/metrics/http_reqs`; the beginning when empty. */ at: string, 
/** Lines to show before and after; 0 for 20. */ lines: number, }; answer: SourceReply };
  /** The engagement's packs as they are defined. */
  pack: { ask: Partial<{ 
/** Language in which they are read, a BCP 47 tag; their own when empty. */ language?: string, }>; answer: Array<Pack> };
  /** Every check with its answer and proposal. */
  answers: { ask: Partial<{ 
/** Language of titles and thresholds, a BCP 47 tag; the packs' own when empty. */ language?: string, }>; answer: AnswersReply };
  /** Confirm or override the verdict of a check. */
  confirm: { ask: Partial<{ 
/** The check's id, for example `2.6`, or `pack/check`. */ check: string, 
/** The pack; the one that has the check when not given. */ pack: string, 
/** The verdict; the proposed one when not given. */ verdict: Verdict | null, 
/** The measured value; the proposed one when not given. */ value: number | null, 
/** Its unit. */ unit: string, 
/** What was seen (Markdown); kept when not given. */ note: string | null, 
/** Why it does not apply; required with `not_applicable`. */ reason: string, 
/** Why the verdict differs from the proposed one; required when it does. */ override_reason: string, 
/** How far the work is; done when not given. */ status: WorkStatus | null, }>; answer: Changed };
  /** Set the maturity level of an area with its reason. */
  assess: { ask: Partial<{ 
/** The area's id, for example `3`, or `pack/area`. */ area: string, 
/** The pack; the first that has the area when not given. */ pack: string, 
/** The level found; kept when not given. Another than the evidence suggests needs a justification. */ level: Level | null, 
/** The level wanted; kept when not given. */ target: Level | null, 
/** Why (Markdown); kept when not given. */ justification: string | null, 
/** What it rests on (Markdown); kept when not given. */ evidence: string | null, 
/** Rows of the area's tables by the table's id; tables not given are kept. */ tables: { [key in string]: Array<{ [key in string]: string }> }, }>; answer: Changed };
  /** The maturity levels that the evidence suggests, with what speaks for and against them. */
  suggest_levels: { ask: Partial<Record<symbol, never>>; answer: Array<AreaSuggestion> };
  /** Technologies that the evidence knows and the table of the technology stack does not. */
  stack: { ask: Partial<Record<symbol, never>>; answer: StackReply | null };
  /** Add rows for them to the table; what stands in it stays. */
  fill_stack: { ask: Partial<{ 
/** Keys of the rows that `stack` tells; all of them when empty. */ rows: Array<string>, }>; answer: FillReply };
  /** Health and maturity with coverage. */
  score: { ask: Partial<{ 
/** Language of the titles, a BCP 47 tag; the packs' own when empty. */ language?: string, }>; answer: ScoreReply };
  /** Candidate findings from issues and failed checks. */
  candidates: { ask: Partial<{ 
/** Whether those already decided are listed too. */ decided: boolean, }>; answer: Array<Candidate> };
  /** Make a candidate a finding, or add it to one, with its evidence. */
  accept: { ask: { 
/** The candidate's key. */ candidate: string, 
/** The finding to add it to; a new one when not given. */ finding?: Id | null, 
/** Why, for the record. */ reason: string, }; answer: Changed };
  /** Dismiss a candidate with a reason. */
  dismiss: { ask: { 
/** The candidate's key. */ candidate: string, 
/** Why; required, because a re-import does not ask again. */ reason: string, }; answer: Changed };
  /** Artifacts with a newer state, and what those propose for findings. */
  retest: { ask: Partial<Record<symbol, never>>; answer: RetestReply };
  /** What differs between an artifact and its newer state, in pages. */
  retest_rows: { ask: { 
/** The newer artifact. */ newer: Id, 
/** Issues or measurements. */ of?: RetestOf, 
/** Only these changes. */ change?: RetestChange | null, 
/** How many to pass over. */ offset?: number, 
/** How many at most; 0 for all. */ limit?: number, }; answer: RetestRowsReply };
  /** Take a retest's outcome over into the finding, with its values and evidence. */
  accept_retest: { ask: { 
/** The proposal's key. */ key: string, 
/** Another outcome than the proposed one. */ outcome?: Life | null, }; answer: Changed };
  /** Dismiss what a retest proposes, with a reason. */
  dismiss_retest: { ask: { 
/** The proposal's key. */ key: string, 
/** Why; required, because it is not asked again before a newer file comes. */ reason: string, }; answer: Changed };
  /** Findings of the library, those for failing checks first. */
  library: { ask: Partial<{ 
/** Words that all must occur; all findings when empty. */ query: string, 
/** The language wanted; the report's when not given. What has no texts in it comes in its own. */ language: string | null, }>; answer: Array<LibraryEntry> };
  /** Add a finding of the library to the engagement. */
  insert_from_library: { ask: { 
/** Its id in the library. */ id: string, 
/** The language wanted; the report's when not given. */ language?: string | null, }; answer: Changed };
  /** Keep a finding's texts, without the client's names, in the own library. */
  save_to_library: { ask: { 
/** The finding. */ finding: Id, 
/** The language it is written in; the report's when not given. */ language?: string | null, 
/** Words to find it by. */ tags: Array<string>, 
/** The own entry that it becomes, or whose texts in this language it replaces; a new one when not given. */ id?: string | null, 
/** Only say what would be kept. */ preview: boolean, }; answer: LibraryEntry };
  /** Take a finding out of the own library. */
  delete_from_library: { ask: { 
/** Its id. */ id: string, }; answer: null };
  /** Write findings of the own library to a file. */
  export_library: { ask: Partial<{ 
/** The file, TOML. */ path: string, 
/** Which ones; all of the consultant's own when empty. */ ids: Array<string>, }>; answer: LibraryFile };
  /** Take the findings of a file into the own library. */
  import_library: { ask: Partial<{ 
/** The file. */ path: string, }>; answer: LibraryTaken };
  /** Keep an image file for prose and diagrams. */
  add_image: { ask: Partial<{ 
/** The file: SVG, PNG, JPEG, GIF or WebP. */ path: string, 
/** The name by which prose refers to it, a number added when it is taken; the file's name without ending when not
 * given. */ name: string, 
/** Caption. */ caption: string, 
/** Text alternative. */ alt: string, }>; answer: ImageReply };
  /** Make a brand of the engagement's own from a built-in one, another or a file. */
  add_brand: { ask: Partial<{ 
/** What is copied: a built-in id, the id of one of the engagement's own, or the path of a brand's `.toml`. */ from: string, 
/** Its name; that of what is copied when not given. */ name: string, 
/** Whether the report takes it at once. */ take: boolean, }>; answer: BrandReply };
  /** Write a brand with its logos and its fonts to one file. */
  export_brand: { ask: { 
/** The brand: an id of the engagement's own, or a built-in one. */ brand: string, 
/** The file. */ path: string, }; answer: string };
  /** Import font files into a brand of the engagement's own. */
  add_fonts: { ask: { 
/** The brand, one of the engagement's own. */ brand: Id, 
/** Font files, or folders that hold some. */ paths: Array<string>, 
/** Whether text, headings and labels are set in the family at once, when the files are of one. */ take: boolean, }; answer: AddFontsReply };
  /** How well a brand's colours read, and what would. */
  contrast: { ask: { 
/** An id of the engagement's own, or a built-in one. */ brand: string, }; answer: ContrastReply };
  /** The report templates to choose from, with their sections and settings. */
  templates: { ask: Partial<Record<symbol, never>>; answer: Array<TemplateReply> };
  /** Copy a built-in template into a folder, to be changed there. */
  new_template: { ask: { 
/** The folder; must not be there. */ folder: string, 
/** The built-in template that is copied; the audit report when empty. */ from: string, }; answer: Array<string> };
  /** Keep a folder's template with the engagement. */
  take_template: { ask: { 
/** The folder. */ folder: string, 
/** Whether the report takes it at once. */ take: boolean, }; answer: TakenTemplate };
  /** Read the report's template again where its folder changed. */
  reload_template: { ask: Partial<Record<symbol, never>>; answer: TakenTemplate | null };
  /** Keep a PDF, code, a plan or a trace for the appendix, from a file or an artifact. */
  add_exhibit: { ask: Partial<{ 
/** The file: a PDF or a text. */ path?: string | null, 
/** The artifact, in place of a file; what was kept of it is taken. */ artifact?: Id | null, 
/** Title; the file's name when not given. */ title: string, 
/** What is printed of it, as `1-3, 7`; all when empty. */ range: string, }>; answer: ExhibitReply };
  /** The lines of an exhibit, with what is chosen of them. */
  exhibit_text: { ask: Partial<{ 
/** The exhibit. */ exhibit: Id, }>; answer: ExhibitLines };
  /** Crop, mark, redact or scale an image for print; what was given is kept. */
  edit_image: { ask: { 
/** The image. */ id: Id, 
/** Everything that is to be done to it; nothing brings it back whole. */ edits: Edits, }; answer: EditImageReply };
  /** Give an image another name, also in the texts that call it. */
  rename_image: { ask: { 
/** The image. */ id: Id, 
/** The new name; what Markdown would read as the end of it becomes a hyphen. */ name: string, }; answer: Changes };
  /** All images with where they are used. */
  pictures: { ask: Partial<Record<symbol, never>>; answer: Array<Picture> };
  /** Use a built-in pack, or one from a TOML or Markdown file. */
  add_pack: { ask: { 
/** A built-in id, or the path of a `.toml` pack or a `.md` audit template. */ pack: string, }; answer: PackReply };
  /** Copy a pack's starting points (phases, roles, risks, metrics) as editable objects. */
  suggest: { ask: Partial<{ 
/** The pack; the first that suggests something when not given. */ pack: string, }>; answer: SuggestReply };
  /** Read a C4 model into the engagement: Structurizr DSL or JSON, or sources to derive one from. */
  read_architecture: { ask: Partial<{ 
/** The file or folder. */ path: string, 
/** The architecture that takes the model in place of its own; a new one when not given. */ architecture: Id | null, 
/** Name of a new one; that of the model when not given. */ name: string, 
/** Whether a new one is the target. */ target: boolean, 
/** Refuse what the newest version of the DSL refuses. */ strict: boolean, }>; answer: ArchitectureReply };
  /** What is to be said of a text in the Structurizr DSL. */
  check_architecture: { ask: { 
/** The text. */ text: string, }; answer: TextReply };
  /** Make an architecture what a text says. */
  write_architecture: { ask: { 
/** The architecture. */ architecture: Id, 
/** The text, in the Structurizr DSL. */ text: string, }; answer: ArchitectureReply };
  /** Change elements, relations, views and places of an architecture. */
  edit_architecture: { ask: { 
/** The architecture. */ architecture: Id, 
/** The edits, in order: all or none. */ edits: Array<Edit>, }; answer: ArchitectureReply };
  /** An architecture in parts: elements, relations, views. */
  architecture: { ask: { 
/** The architecture. */ architecture: Id, }; answer: ArchitectureParts };
  /** Write an architecture, or a view of it, to a file. */
  export_architecture: { ask: Partial<{ 
/** The architecture. */ architecture: Id, 
/** The file: `.dsl` or `.json` for the model, `.svg`, `.png` or `.pdf` for a view. */ path: string, 
/** Key of the view. */ view: string, 
/** What is shown on it. */ overlay: DiagramOverlay, 
/** The perspective that is shown, by name. */ perspective: string, }>; answer: string };
  /** What compose files, manifests, traces and the like would add to an architecture. */
  preview_sources: { ask: { 
/** The architecture. */ architecture: Id, 
/** Files and folders: compose, Kubernetes, traces, Backstage, OpenAPI, Terraform. */ paths: Array<string>, }; answer: SourcesReply };
  /** Add to an architecture what was chosen of its sources. */
  merge_sources: { ask: { 
/** The architecture. */ architecture: Id, 
/** The same files and folders as in the preview. */ paths: Array<string>, 
/** Ids of the preview; everything when not given. */ chosen?: Array<string> | null, }; answer: ArchitectureReply };
  /** Make findings of what traffic and architecture do not agree on. */
  findings_from_traffic: { ask: { 
/** The architecture. */ architecture: Id, 
/** The same files and folders as in the preview. */ paths: Array<string>, 
/** Ids of the preview's disagreements. */ chosen: Array<string>, }; answer: Changes };
  /** In what two architectures differ. */
  compare_architectures: { ask: { 
/** The one before. */ before: Id, 
/** The one after. */ after: Id, }; answer: ModelDifference };
  /** A view of an architecture as vectors. */
  draw_view: { ask: Partial<{ 
/** The architecture. */ architecture: Id, 
/** Key of the view. */ view: string, 
/** What is shown on it. */ overlay: DiagramOverlay, 
/** The perspective that is shown, by name. */ perspective: string, 
/** Whether it is drawn on a dark ground. */ dark: boolean, 
/** Whether it is drawn to be edited: as large as its text wants to be, without title and legend. */ editing: boolean, }>; answer: Drawing };
  /** What is in a model outside of the engagement, its views drawn to files. */
  draw_diagrams: { ask: Partial<{ 
/** A `.dsl`, a workspace `.json`, an engagement (`.groma`), or sources from which a model can be derived: compose,
 * Kubernetes, traces, Backstage, OpenAPI, Terraform; a file or a folder. */ path: string, 
/** Key of the view to draw; all when not given. */ view: string | null, 
/** The folder for the pictures; nothing is drawn when not given. */ output: string | null, 
/** How pictures are written. */ format: PictureFormat, 
/** Name of the architecture of an engagement; the first when not given. */ architecture: string | null, 
/** What is shown on the views. */ overlay: DiagramOverlay, 
/** Refuse what the newest version of the DSL refuses. */ strict: boolean, }>; answer: DiagramsReply };
  /** Priorities, schedule, costs, resources. */
  plan: { ask: Partial<Record<symbol, never>>; answer: Plan };
  /** Which findings cause which, what hangs on each root, and the causal map. */
  causes: { ask: Partial<Record<symbol, never>>; answer: Causes };
  /** Residual risk and expected levels when only some phases are funded. */
  what_if: { ask: Partial<{ 
/** Numbers of the funded phases. */ phases: Array<number>, }>; answer: WhatIf };
  /** Run a pack's calculator. */
  calculate: { ask: Partial<{ 
/** The calculator's id. */ calculator: string, 
/** Inputs by id; those not given take the pack's defaults. */ inputs: { [key in string]: number }, }>; answer: CalculateReply };
  /** The misspelt words of a text. */
  spell: { ask: Partial<{ 
/** The text (Markdown); code, addresses and names of programs in it are passed over. */ text: string, 
/** A BCP 47 tag; the report's language when empty. A language without a dictionary has no misspelt words. */ language: string, }>; answer: Array<Misspelt> };
  /** What a misspelt word was probably meant to be. */
  suggest_spelling: { ask: Partial<{ 
/** The word. */ word: string, 
/** A BCP 47 tag; the report's language when empty. */ language: string, }>; answer: Array<string> };
  /** What would embarrass before issue. */
  check: { ask: Partial<Record<symbol, never>>; answer: CheckReply };
  /** Integrity, foreign keys, artifact hashes. */
  verify: { ask: Partial<Record<symbol, never>>; answer: VerifyReply };
  /** Write a copy for other hands: no history, no removed artifacts, nothing that was redacted. */
  compact: { ask: Partial<{ 
/** The copy; must not exist. */ output: string, 
/** Whether private notes and internal notes are left out as well. */ without_private: boolean, }>; answer: CompactReply };
  /** Compile the report as PDF. */
  report: { ask: Partial<{ 
/** The template; the engagement's own when not given. */ template: string | null, 
/** The brand; the engagement's own when not given. */ brand: string | null, 
/** The language; the engagement's own when not given. */ language: string | null, 
/** The PDF's standard; the engagement's own when not given. */ standard: Standard | null, 
/** Whom it is for; as the engagement says when not given. */ audience: Audience | null, 
/** Where to write the PDF; beside the engagement when neither this nor `eject` is given. */ output: string | null, 
/** A folder for the whole Typst project. */ eject: string | null, }>; answer: ReportReply };
  /** The report's pages as they are laid out now. */
  layout: { ask: Partial<Record<symbol, never>>; answer: Layout };
  /** Show what is being typed on the report's pages; changes nothing. */
  draft: { ask: { 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** The fields as they are now. */ fields: { [key in string]: JsonValue }, }; answer: null };
  /** The field behind a point of a page. */
  locate: { ask: { 
/** The page, from 0. */ page: number, 
/** Points from its left edge. */ x: number, 
/** Points from its upper edge. */ y: number, }; answer: Located | null };
  /** Where a place in a field is printed. */
  place: { ask: { 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** The field. */ field: string, 
/** The cursor in the field's Markdown, in UTF-16 units. */ offset: number, }; answer: PageArea | null };
  /** Where a text stands on the pages. */
  find_text: { ask: { 
/** What is looked for. */ query: string, }; answer: FoundText };
  /** Lead the window that edits to a field. */
  reveal: { ask: { 
/** Kind of the object. */ kind: Kind, 
/** The object. */ id: Id, 
/** The field, or empty. */ field: string, 
/** Where the cursor belongs in it, in UTF-16 units. */ offset: number | null, }; answer: null };
  /** The text of a page with places. */
  page_text: { ask: { 
/** The page, from 0. */ page: number, }; answer: Array<PageText> };
}

import { architecture } from "./architecture";
import { architectureText } from "./architectureText";
import { checklist } from "./checklist";
import { checks } from "./checks";
import { engagement } from "./engagement";
import { evidence } from "./evidence";
import { exhibits } from "./exhibits";
import { fields } from "./fields";
import { findings } from "./findings";
import { frame } from "./frame";
import { history } from "./history";
import { intake } from "./intake";
import { live } from "./live";
import { maturity } from "./maturity";
import { metrics } from "./metrics";
import { notes } from "./notes";
import { overview } from "./overview";
import { pictures } from "./pictures";
import { refusals } from "./refusals";
import { remarks } from "./remarks";
import { report } from "./report";
import { resources } from "./resources";
import { risks } from "./risks";
import { roadmap } from "./roadmap";
import { severities } from "./severities";
import { shared } from "./shared";
import { start } from "./start";
import { tables } from "./tables";
import { teach } from "./teach";
import { terms } from "./terms";
import { writing } from "./writing";

export const en = {
  architecture,
  architectureText,
  checklist,
  checks,
  engagement,
  evidence,
  exhibits,
  fields,
  findings,
  frame,
  history,
  intake,
  live,
  maturity,
  metrics,
  notes,
  overview,
  pictures,
  refusals,
  remarks,
  report,
  resources,
  risks,
  roadmap,
  severities,
  shared,
  start,
  tables,
  teach,
  terms,
  writing,
};

/** What every language must say. */
export type Text = typeof en;

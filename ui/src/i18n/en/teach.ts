/** What belongs into a text that is still empty. */
export const teach = {
  engagement: {
    system_description: "What it does for whom, how much of it, and what stops when it stops.",
    access_notes: "Which accounts, from when to when, read-only or not, and what was closed afterwards.",
    scope: "What was looked at: services, data, environments, the period measured.",
    out_of_scope: "What was not looked at, and why, so that nobody takes silence for approval.",
    method: "How it was looked at: interviews, measurements, code reading, tools and their versions.",
    limits: "What the result does not say: what could not be measured, and what it rests on.",
    verdict: "Two or three sentences: how the system stands, and what must happen first.",
    summary: "What was found, what it costs, what to do. One page for those who read nothing else.",
    ask: "Which decision, by whom, by when, for how much.",
    current_state: "The system today, in a sentence.",
    target_state: "The system after the roadmap, in a sentence.",
    architecture: "The parts, what flows between them, and where it hurts.",
    target_architecture: "What changes, which options were weighed, and why this one.",
    code_metrics: "Size, age, tests, dependencies: what the numbers say.",
    assumptions: "What dates and costs rest on: people, rates, freezes.",
  },
  intake: {
    trigger: "What happened that somebody asked for help now?",
    reason: "Why this is the right answer for this client.",
  },
  symptoms: {
    workaround: "What people do instead.",
    trace: "From what is seen to where it comes from, step by step.",
    root_cause: "What would have to be different for it not to happen.",
    consequence: "Hours, money, customers: what it costs.",
  },
  findings: {
    severity_reason: "How often, how bad, and how you know.",
    summary: "The finding in two sentences, for those who read only this.",
    condition: "What is: measured, seen or read, with numbers.",
    criteria: "What should be, and who says so.",
    cause: "Why it is so; the line of code, the setting, the habit.",
    consequence: "Who pays for it, and how much.",
    workaround: "How people live with it today.",
    short_term: "What stops the damage this week.",
    long_term: "What removes the cause.",
    acceptance_test: "How anybody can see that it is done.",
    internal_notes: "For you and your colleagues alone.",
  },
  risks: {
    scenario: "What could happen, what would set it off, and what would follow.",
    mitigation: "What makes it less likely or less bad.",
  },
  assessments: {
    justification: "Why this level and not the next: what is there, what is missing.",
    evidence: "What shows it: files, measurements, interviews.",
  },
  themes: {
    target_state: "What will be true when the theme is done.",
    exit_criterion: "How anybody can see that it is.",
  },
  phases: {
    objective: "What the phase is for.",
    outcome: "What the client has at its end.",
  },
  initiatives: {
    description: "What is done, so that someone could estimate it.",
    outcome: "What is better afterwards.",
  },
  diagrams: {
    description: "What it shows, for those who cannot see it.",
  },
  notes: {
    body: "What was said, in the words used.",
  },
  answers: {
    note: "What was seen, and where.",
  },
  artifacts: {
    note: "How and when it was made.",
  },
};

import type { Text } from "../en/index";

/** Was in einen noch leeren Text gehört. */
export const teach: Text["teach"] = {
  engagement: {
    system_description: "Was es für wen leistet, wie viel davon, und was stillsteht, wenn es stillsteht.",
    access_notes: "Welche Zugänge, von wann bis wann, nur lesend oder nicht, und was danach geschlossen wurde.",
    scope: "Was angesehen wurde: Dienste, Daten, Umgebungen, der gemessene Zeitraum.",
    out_of_scope: "Was nicht angesehen wurde und warum, damit niemand Schweigen für Zustimmung hält.",
    method: "Wie es angesehen wurde: Gespräche, Messungen, Lesen des Quelltexts, Werkzeuge und ihre Versionen.",
    limits: "Was das Ergebnis nicht sagt: was sich nicht messen ließ und worauf es beruht.",
    verdict: "Zwei oder drei Sätze: wie es um das System steht und was zuerst geschehen muss.",
    summary: "Was gefunden wurde, was es kostet, was zu tun ist. Eine Seite für alle, die sonst nichts lesen.",
    ask: "Welche Entscheidung, von wem, bis wann, für wie viel.",
    current_state: "Das System heute, in einem Satz.",
    target_state: "Das System nach dem Fahrplan, in einem Satz.",
    architecture: "Die Teile, was zwischen ihnen fließt, und wo es schmerzt.",
    target_architecture: "Was sich ändert, welche Möglichkeiten abgewogen wurden, und warum diese.",
    code_metrics: "Größe, Alter, Tests, Abhängigkeiten: was die Zahlen sagen.",
    assumptions: "Worauf Termine und Kosten beruhen: Personen, Sätze, Sperrzeiten.",
  },
  intake: {
    trigger: "Was ist geschehen, dass jetzt jemand um Hilfe bat?",
    reason: "Warum dies für diesen Kunden die richtige Antwort ist.",
  },
  symptoms: {
    workaround: "Was die Leute stattdessen tun.",
    trace: "Von dem, was man sieht, Schritt für Schritt dahin, woher es kommt.",
    root_cause: "Was anders sein müsste, damit es nicht geschieht.",
    consequence: "Stunden, Geld, Kunden: was es kostet.",
  },
  findings: {
    severity_reason: "Wie oft, wie schlimm, und woher Sie es wissen.",
    summary: "Der Befund in zwei Sätzen, für alle, die nur diese lesen.",
    condition: "Was ist: gemessen, gesehen oder gelesen, mit Zahlen.",
    criteria: "Was sein soll, und wer das sagt.",
    cause: "Warum es so ist: die Zeile, die Einstellung, die Gewohnheit.",
    consequence: "Wer dafür zahlt, und wie viel.",
    workaround: "Wie die Leute heute damit leben.",
    short_term: "Was den Schaden noch diese Woche aufhält.",
    long_term: "Was die Ursache beseitigt.",
    acceptance_test: "Woran jeder sieht, dass es erledigt ist.",
    internal_notes: "Nur für Sie und Ihre Kollegen.",
  },
  risks: {
    scenario: "Was geschehen könnte, was es auslöst, und was daraus folgt.",
    mitigation: "Was es unwahrscheinlicher oder weniger schlimm macht.",
  },
  assessments: {
    justification: "Warum diese Stufe und nicht die nächste: was da ist, was fehlt.",
    evidence: "Was es zeigt: Dateien, Messungen, Gespräche.",
  },
  themes: {
    target_state: "Was gilt, wenn das Thema erledigt ist.",
    exit_criterion: "Woran jeder sieht, dass es so ist.",
  },
  phases: {
    objective: "Wozu die Phase da ist.",
    outcome: "Was der Kunde an ihrem Ende hat.",
  },
  initiatives: {
    description: "Was getan wird, so dass jemand es schätzen kann.",
    outcome: "Was danach besser ist.",
  },
  diagrams: {
    description: "Was es zeigt, für alle, die es nicht sehen können.",
  },
  notes: {
    body: "Was gesagt wurde, in den Worten, die fielen.",
  },
  answers: {
    note: "Was gesehen wurde, und wo.",
  },
  artifacts: {
    note: "Wie und wann es entstand.",
  },
};

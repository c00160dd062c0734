/** What the window asks a person on the host's behalf; shown by `shared/HostPrompt.svelte`. */
export type HostQuestion =
  | { ask: "path"; purpose: "open" | "save"; what: string; suggested: string; answer: (path: string | null) => void }
  | { ask: "link"; url: string; answer: (go: boolean) => void };

let question = $state.raw<HostQuestion | null>(null);

/** The question that stands, if any. */
export function hostQuestion(): HostQuestion | null {
  return question;
}

/** Asks for a path in the page: the twin has no native dialogs. */
export function promptPath(purpose: "open" | "save", what: string, suggested: string): Promise<string | null> {
  return new Promise((resolve) => {
    question = {
      ask: "path",
      purpose,
      what,
      suggested,
      answer: (path) => {
        question = null;
        resolve(path);
      },
    };
  });
}

/** Asks whether to leave for an address. */
export function promptLink(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    question = {
      ask: "link",
      url,
      answer: (go) => {
        question = null;
        resolve(go);
      },
    };
  });
}

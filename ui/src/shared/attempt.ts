import { asAppError } from "../host";
import { toast } from "../state";

/** Waits for something that the core may refuse, and says so in a line when it does. Answers whether it went well. */
export async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    const error = asAppError(thrown);
    toast([error.message, error.hint].filter(Boolean).join(" "), { tone: "error" });
    return false;
  }
}

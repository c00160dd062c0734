import type { Text } from "../en/index";

export const engagement: Text["engagement"] = {
  title: "Auftrag",
};

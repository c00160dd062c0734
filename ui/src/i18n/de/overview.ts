import type { Text } from "../en/index";

export const overview: Text["overview"] = {
  title: "Überblick",
};

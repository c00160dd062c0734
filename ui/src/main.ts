import { mount } from "svelte";
import App from "./App.svelte";
import { sayRefusals } from "./host";
import { inWords } from "./parts/refusals";
import "./theme/base.css";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the window");
sayRefusals(inWords);
mount(App, { target });

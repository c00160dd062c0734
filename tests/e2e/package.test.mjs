// The Debian package: what is in it, what it registers, and that what it installs starts. Needs a display and a bus
// (`make e2e`), and the package made before (`make package-debug`).

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Window, startDriver } from "./webdriver.mjs";

const target = process.env.CARGO_TARGET_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "groma/target");
const made = (kind) => {
  const folder = join(target, "debug/bundle", kind);
  const file = existsSync(folder) && readdirSync(folder).find((name) => name.endsWith(`.${kind}`));
  return file ? join(folder, file) : null;
};
const [deb, rpm] = [made("deb"), made("rpm")];
const root = mkdtempSync(join(tmpdir(), "groma-package-"));
const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8" });

before(() => {
  assert.ok(deb && rpm, "the packages were made (make package-debug)");
  const program = join(target, "debug/groma-desktop");
  assert.ok(statSync(deb).mtimeMs >= statSync(program).mtimeMs - 120_000, "they are of this build");
  if (process.getuid() === 0) {
    // As a system installs it, into a root of its own: its dependencies are the machine's.
    for (const folder of ["var/lib/dpkg/info", "var/lib/dpkg/updates"]) mkdirSync(join(root, folder), { recursive: true });
    run("touch", join(root, "var/lib/dpkg/status"));
    run("dpkg", `--root=${root}`, "--force-depends", "--force-script-chrootless", "--install", deb);
    assert.match(run("dpkg-query", `--admindir=${root}/var/lib/dpkg`, "--show"), /^groma\t/m);
  } else {
    run("dpkg-deb", "--extract", deb, root);
  }
});

after(() => rmSync(root, { recursive: true, force: true }));

test("it brings program, icon, menu entry, file type and licences", () => {
  for (const path of [
    "usr/bin/groma-desktop",
    "usr/share/applications/Groma.desktop",
    "usr/share/icons/hicolor/128x128/apps/groma-desktop.png",
    "usr/share/mime/packages/groma.xml",
    "usr/share/doc/groma/copyright",
    "usr/share/doc/groma/LICENSE-MIT",
    "usr/share/doc/groma/LICENSE-APACHE",
  ]) {
    assert.ok(existsSync(join(root, path)), path);
  }
  const entry = readFileSync(join(root, "usr/share/applications/Groma.desktop"), "utf8");
  assert.match(entry, /^Exec=groma-desktop %f$/m);
  assert.match(entry, /^MimeType=application\/vnd\.groma\.engagement;$/m);
  const control = run("dpkg-deb", "--field", deb, "Depends");
  assert.match(control, /libwebkit2gtk-4\.1-0/);
  assert.equal(readFileSync(rpm).subarray(0, 4).toString("hex"), "edabeedb", "an RPM begins so");
});

test("a file of ours is known by its name and opens with the program", () => {
  const data = join(root, "usr/share");
  run("update-mime-database", join(data, "mime"));
  run("update-desktop-database", join(data, "applications"));
  assert.match(readFileSync(join(data, "mime/globs2"), "utf8"), /application\/vnd\.groma\.engagement:\*\.groma/);
  const opens = readFileSync(join(data, "applications/mimeinfo.cache"), "utf8");
  assert.match(opens, /^application\/vnd\.groma\.engagement=Groma\.desktop;$/m);
});

test("what it installs starts with an engagement", async () => {
  const folder = mkdtempSync(join(tmpdir(), "groma-packaged-"));
  const file = join(folder, "sample.groma");
  run(join(target, "debug/groma"), "sample", file);
  const driver = await startDriver({ XDG_CONFIG_HOME: join(folder, "config"), XDG_DATA_HOME: join(folder, "data") });
  const window = await Window.open(driver.address, join(root, "usr/bin/groma-desktop"), [file]);
  try {
    await window.find("main");
    assert.equal((await window.call({ do: "state" })).path, file);
  } finally {
    await window.close();
    // The driver's end must not leave it behind.
    spawnSync("pkill", ["-f", join(root, "usr/bin/groma-desktop")]);
    await driver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Runs before every install: a plain `npm install` under an old Node would silently skip optional
 * dependencies that need Node 22, and fail only at run time. `npm start` installs under the right one. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `\nSwitchboard is built with Node 22; this is Node ${process.versions.node}.\n` +
      `Run "npm start" instead: it brings Node 22 along and installs everything under it.\n\n`,
  );
  process.exit(1);
}

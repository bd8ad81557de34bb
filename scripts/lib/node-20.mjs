/** First import of every command: on a Node too old even for the set-up, a sentence instead of a stack. */
const version = process.versions.node;
if (Number(version.split('.')[0]) < 20) {
  process.stderr.write(
    '\nSwitchboard needs Node 20 or newer to set itself up; this is Node ' +
      version +
      '.\nInstall a newer one (https://nodejs.org) and run the command again.\n\n',
  );
  process.exit(1);
}

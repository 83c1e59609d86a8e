// Makes the links between PostgreSQL's libraries that npm packages cannot hold: what the package's own install script would do.
// usage: node link-libraries.mjs <native folder>
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'

const native = process.argv[2]
const inside = (path) => join(native, path.replace(/^native\//, ''))
for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))) {
  if (!existsSync(inside(target))) {
    rmSync(inside(target), { force: true })
    symlinkSync(basename(source), inside(target))
  }
}

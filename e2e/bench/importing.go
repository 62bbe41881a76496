package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// imported is how many small packages an import takes in.
const imported = 10_000

// measureImport notes the CPU of an import of small packages, beside py-rattler's
// index_fs over the same folder, which hashes and parses them too but stores
// nothing. Without py-rattler there is nothing to compare with.
func measureImport(ctx context.Context, p program, r *report) error {
	python, err := filepath.Abs(".tools/venv/bin/python")
	if err == nil {
		_, err = os.Stat(python)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "import: not measured, py-rattler is missing (make test installs it)")
		return nil
	}
	from := filepath.Join(p.dir, "packages")
	if err := writePackages(filepath.Join(from, "noarch")); err != nil {
		return err
	}
	var ours, theirs []time.Duration
	for i := range min(r.rounds, 3) {
		cost, err := indexFS(ctx, python, from)
		if err != nil {
			return err
		}
		theirs = append(theirs, cost)
		data := filepath.Join(p.dir, fmt.Sprintf("imported%d", i))
		if cost, err = importFolder(ctx, p, data, from); err != nil {
			return err
		}
		ours = append(ours, cost)
		if err := os.RemoveAll(data); err != nil {
			return err
		}
	}
	r.note(fmt.Sprintf("import of %d packages, packages per CPU s", imported), imported/median(ours).Seconds(), "/s", 0)
	r.note("the same of index_fs", imported/median(theirs).Seconds(), "/s", 0)
	r.note("CPU of the import beside index_fs", median(ours).Seconds()/median(theirs).Seconds(), "×", 1)
	return nil
}

func writePackages(dir string) error {
	const private = 0o700
	if err := os.MkdirAll(dir, private); err != nil {
		return err
	}
	for n := range imported {
		p, err := tinyPackage(fmt.Sprintf("tiny%05d", n))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, p.fileName()), p.body, private&0o666); err != nil {
			return err
		}
	}
	return nil
}

// indexScript prints the CPU seconds that index_fs takes, and leaves without the
// interpreter's own end, at which it now and then crashes.
const indexScript = `
import asyncio, os, resource, sys
from rattler.index import index_fs
used = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
before = used()
asyncio.run(index_fs(sys.argv[1], write_zst=True, write_shards=True, force=True))
print(used() - before, flush=True)
os._exit(0)
`

// indexFS runs index_fs, again when it crashes, and takes away what it wrote.
func indexFS(ctx context.Context, python, dir string) (time.Duration, error) {
	const tries = 4
	var errs []error
	for range tries {
		out, err := exec.CommandContext(ctx, python, "-c", indexScript, dir).Output()
		if err == nil {
			seconds, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
			return time.Duration(seconds * float64(time.Second)), errors.Join(err, removeIndexes(dir))
		}
		errs = append(errs, fmt.Errorf("index_fs: %w", err))
	}
	return 0, errors.Join(errs...)
}

func removeIndexes(dir string) error {
	found, err := filepath.Glob(filepath.Join(dir, "*", "repodata*"))
	more, moreErr := filepath.Glob(filepath.Join(dir, "*", "shards"))
	err = errors.Join(err, moreErr)
	for _, path := range append(found, more...) {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

// importFolder imports the packages into a new site and returns the CPU that took.
func importFolder(ctx context.Context, p program, data, from string) (time.Duration, error) {
	if _, err := p.admin(ctx, data, "create-user", owner, "--email", owner+"@example.test", "--generate-password"); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, p.path, "admin", "--data-dir", data, "import", from, "--channel", owner)
	cmd.Dir, cmd.Env = p.dir, p.env()
	out, err := cmd.Output()
	if err != nil || !strings.HasPrefix(string(out), fmt.Sprintf("imported %d files", imported)) {
		return 0, fmt.Errorf("import: %w: %s", err, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

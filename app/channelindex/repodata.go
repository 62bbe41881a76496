package channelindex

import "strings"

// section is where in repodata a record stands.
type section int

const (
	inPackages      section = iota // .tar.bz2
	inPackagesConda                // .conda
	inRemoved
)

func (r Record) section() section {
	switch {
	case r.Removed:
		return inRemoved
	case strings.HasSuffix(r.FileName, ".conda"):
		return inPackagesConda
	}
	return inPackages
}

// writeRepodata writes canonical JSON: keys sorted, no blanks. The records are
// sorted by file name; afterwards their JSON points into what was written, so that
// the bytes are held once.
func writeRepodata(subdir string, records []Record) []byte {
	w := repodataWriter{records: records, spans: make([]span, len(records))}
	w.grow()
	w.add(`{"info":{"subdir":`)
	w.addString(subdir)
	w.add(`},"packages":{`)
	w.addRecords(inPackages)
	w.add(`},"packages.conda":{`)
	w.addRecords(inPackagesConda)
	w.add(`},"removed":[`)
	w.addRemoved()
	w.add(`],"repodata_version":1}`)
	w.point()
	return w.buf
}

type span struct{ from, to int }

type repodataWriter struct {
	documentWriter
	records []Record
	spans   []span
}

// grow makes room for everything at once; names of the usual characters fit
// exactly.
func (w *repodataWriter) grow() {
	n := 128
	for _, r := range w.records {
		n += len(`"":,`) + len(r.FileName) + len(r.JSON)
	}
	w.buf = make([]byte, 0, n)
}

// next writes a comma unless the list or object has just begun.
func (w *repodataWriter) next() {
	if last := w.buf[len(w.buf)-1]; last != '{' && last != '[' {
		w.add(",")
	}
}

func (w *repodataWriter) addRecords(s section) {
	for i, r := range w.records {
		if r.section() != s {
			continue
		}
		w.next()
		w.addString(r.FileName)
		w.add(":")
		from := len(w.buf)
		w.buf = append(w.buf, r.JSON...)
		w.spans[i] = span{from, len(w.buf)}
	}
}

func (w *repodataWriter) addRemoved() {
	for _, r := range w.records {
		if r.section() == inRemoved {
			w.next()
			w.addString(r.FileName)
		}
	}
}

func (w *repodataWriter) point() {
	for i, s := range w.spans {
		w.records[i].JSON = w.buf[s.from:s.to:s.to]
	}
}

package channelindex

import "encoding/json"

// entry is a member of an object in a document: a file or a package, and what the
// document says of it in canonical JSON. An entry depends on the records of one
// package alone, so that a change touches few.
type entry struct {
	key  string
	json json.RawMessage
}

// documentWriter writes canonical JSON: keys sorted, no blanks.
type documentWriter struct{ buf []byte }

func (w *documentWriter) add(s string) { w.buf = append(w.buf, s...) }

func (w *documentWriter) addString(s string) {
	quoted, _ := json.Marshal(s) // a string has always a form in JSON
	w.buf = append(w.buf, quoted...)
}

// addEntries writes an object; the entries are sorted by key.
func (w *documentWriter) addEntries(entries []entry) {
	w.add("{")
	for i, e := range entries {
		if i > 0 {
			w.add(",")
		}
		w.addString(e.key)
		w.add(":")
		w.buf = append(w.buf, e.json...)
	}
	w.add("}")
}

// addStrings writes a list.
func (w *documentWriter) addStrings(list []string) {
	w.add("[")
	for i, s := range list {
		if i > 0 {
			w.add(",")
		}
		w.addString(s)
	}
	w.add("]")
}

// entriesOf returns what made makes of the records of a section, in their order;
// it leaves out those of which made returns nil.
func entriesOf(records []Record, s section, made func(Record) json.RawMessage) []entry {
	var list []entry
	for _, r := range records {
		if r.section() != s {
			continue
		}
		if value := made(r); value != nil {
			list = append(list, entry{r.FileName, value})
		}
	}
	return list
}

func plainJSON(r Record) json.RawMessage { return r.JSON }

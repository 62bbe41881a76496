package model

import "testing"

func TestPlain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "Ada Lovelace": "Ada Lovelace", "Zoë 雪 🐍": "Zoë 雪 🐍", "עדה": "עדה",
		"\x1b[2J": "\ufffd[2J", "a\tb": "a\ufffdb", "a\nb": "a\ufffdb", "\u009b2J": "\ufffd2J", "\u202egpj.exe": "\ufffdgpj.exe", "a\u2068b": "a\ufffdb", "a\xffb": "a\ufffdb",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
		if got := PlainLine(in); got != (in == want) {
			t.Errorf("PlainLine(%q) = %v", in, got)
		}
	}
}

package main

import (
	"strings"
	"testing"
	"time"
)

func TestReport(t *testing.T) {
	t.Parallel()
	const us = time.Microsecond
	r := report{served: []turns{
		{
			workload: workload{name: "index", count: 10, most: 4},
			ourCosts: []time.Duration{300 * us, 500 * us}, theirCosts: []time.Duration{100 * us, 100 * us},
		},
		{
			workload: workload{name: "file", count: 1, most: 1.3, body: make([]byte, 5<<20)},
			ourCosts: []time.Duration{2000 * us}, theirCosts: []time.Duration{1000 * us},
		},
	}}
	r.note("start", 0.0512, "s", 0.1)
	r.note("size", 68.5, "kB", 0)
	var out strings.Builder
	if err := r.print(&out); err != nil {
		t.Fatal(err)
	}
	want := `
CPU    app        nginx      ratio  by turn    at most
index  40.0 µs    10.0 µs    4.00   3.00-5.00  4.0      met
file   381 ms/GB  191 ms/GB  2.00   2.00-2.00  1.3      MISSED

start  0.0512 s                                0.1      met
size   68.5 kB
`
	if got := "\n" + trimLines(out.String()); got != want {
		t.Errorf("got%s\nwant%s", got, want)
	}
}

// trimLines drops the blanks at the ends of lines.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func TestMedian(t *testing.T) {
	t.Parallel()
	if got := median([]time.Duration{9, 1, 5, 2, 7}); got != 5 {
		t.Errorf("got %d, want 5", got)
	}
}

func TestReportOfPublishing(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	r := report{published: []publishing{
		{files: 0, took: []published{{8 * ms, 30 * ms, 1 * ms}}},
		{files: 1000, took: []published{{10 * ms, 12 * ms, 2 * ms}, {14 * ms, 16 * ms, 4 * ms}}},
		{files: 100_000, took: []published{{14 * ms, 18 * ms, 9 * ms}}},
	}}
	var out strings.Builder
	if err := r.print(&out); err != nil {
		t.Fatal(err)
	}
	want := `
CPU                               app      nginx    ratio    by turn  at most

publish to visible                p50      p99      mean     growth   at most
CPU, 0 files                      8.0 ms   8.0 ms   8.0 ms            15.0 ms  met
CPU, 1000 files                   14.0 ms  14.0 ms  12.0 ms           15.0 ms  met
CPU, 100000 files                 14.0 ms  14.0 ms  14.0 ms  1.17     15.0 ms  met
CPU of the indexes, 0 files       1.0 ms   1.0 ms   1.0 ms            15.0 ms  met
CPU of the indexes, 1000 files    4.0 ms   4.0 ms   3.0 ms            15.0 ms  met
CPU of the indexes, 100000 files  9.0 ms   9.0 ms   9.0 ms   3.00     15.0 ms  MISSED
time, 0 files                     30.0 ms  30.0 ms  30.0 ms           20.0 ms  MISSED
time, 1000 files                  16.0 ms  16.0 ms  14.0 ms           20.0 ms  met
time, 100000 files                18.0 ms  18.0 ms  18.0 ms  1.29     20.0 ms  met

`
	if got := "\n" + trimLines(out.String()); got != want {
		t.Errorf("got%s\nwant%s", got, want)
	}
}

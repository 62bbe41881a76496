package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// report collects what was measured.
type report struct {
	rounds    int
	publishes int
	mixTime   time.Duration
	million   bool
	site      site
	published []publishing
	served    []turns
	figures   []figure
}

// figure is a measurement without a counterpart.
type figure struct {
	name  string
	value float64
	unit  string
	most  float64 // 0: no target
}

func (r *report) note(name string, value float64, unit string, most float64) {
	r.figures = append(r.figures, figure{name, value, unit, most})
}

// print writes everything as one table.
func (r *report) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CPU\tapp\tnginx\tratio\tby turn\tat most\t")
	for _, t := range r.served {
		ours, theirs := sum(t.ourCosts), sum(t.theirCosts)
		low, high := t.spread()
		ratio := float64(ours) / float64(theirs)
		fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%.2f-%.2f\t%.1f\t%s\n", t.name, t.show(ours), t.show(theirs), ratio, low, high, t.most, verdict(ratio, t.most))
	}
	r.printPublished(w)
	fmt.Fprintln(w, "\t\t\t\t\t\t")
	for _, f := range r.figures {
		most := ""
		if f.most > 0 {
			most = fmt.Sprintf("%g", f.most)
		}
		fmt.Fprintf(w, "%s\t%.3g %s\t\t\t\t%s\t%s\n", f.name, f.value, f.unit, most, verdict(f.value, f.most))
	}
	return w.Flush()
}

// What a publish may take, and how much more in the largest channel than in one of
// a thousand files.
const (
	mostCPU, mostWall = 15 * time.Millisecond, 20 * time.Millisecond
	mostGrowth        = 1.5
)

// printPublished writes what publishes took, channel by channel.
func (r *report) printPublished(out io.Writer) {
	if len(r.published) == 0 {
		return
	}
	fmt.Fprintln(out, "\t\t\t\t\t\t")
	fmt.Fprintln(out, "publish to visible\tp50\tp99\tmean\tgrowth\tat most\t")
	for _, measure := range []struct {
		name string
		of   func(publishing) []time.Duration
		most time.Duration
	}{{"CPU", publishing.cpu, mostCPU}, {"CPU of the indexes", publishing.indexes, mostCPU}, {"time", publishing.wall, mostWall}} {
		var base time.Duration
		for _, p := range r.published {
			all := measure.of(p)
			growth, met := "", quantile(all, 0.5) <= measure.most
			switch {
			case p.files == small:
				base = mean(all)
			case p.files > small && base > 0:
				ratio := float64(mean(all)) / float64(base)
				growth, met = fmt.Sprintf("%.2f", ratio), met && ratio <= mostGrowth
			}
			said := map[bool]string{true: "met", false: "MISSED"}[met]
			fmt.Fprintf(out, "%s, %d files\t%s\t%s\t%s\t%s\t%s\t%s\n", measure.name, p.files, ms(quantile(all, 0.5)), ms(quantile(all, 0.99)), ms(mean(all)), growth, ms(measure.most), said)
		}
	}
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1e3) }

// bulk is the size of body from which on CPU is told per GB.
const bulk = 1 << 20

// show tells the CPU of all turns per request, or per GB.
func (t turns) show(all time.Duration) string {
	each := all / time.Duration(t.count*len(t.ourCosts))
	if len(t.body) < bulk {
		return fmt.Sprintf("%.1f µs", float64(each)/float64(time.Microsecond))
	}
	return fmt.Sprintf("%.0f ms/GB", each.Seconds()*1e3/float64(len(t.body))*1e9)
}

// spread returns the lowest and the highest ratio of a turn.
func (t turns) spread() (low, high float64) {
	var ratios []float64
	for i, ours := range t.ourCosts {
		ratios = append(ratios, float64(ours)/float64(t.theirCosts[i]))
	}
	return slices.Min(ratios), slices.Max(ratios)
}

func sum(all []time.Duration) (total time.Duration) {
	for _, d := range all {
		total += d
	}
	return total
}

func verdict(value, most float64) string {
	switch {
	case most == 0:
		return ""
	case value <= most:
		return "met"
	}
	return "MISSED"
}

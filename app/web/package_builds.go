package web

import (
	"regexp"
	"slices"
	"strconv"

	"vivarium/app/model"
	"vivarium/views"
)

// pythonBuild finds the Python version in a conda build string, as in py313h7b1_0.
var pythonBuild = regexp.MustCompile(`(?:^|_)py([23])(\d{1,2})(?:$|[^0-9])`)

// anyPython is the column of builds that are for no Python in particular.
const anyPython = "Any Python"

// buildMatrix says for which platforms and Pythons the files of a version were
// built.
func buildMatrix(files []model.File) views.BuildMatrix {
	columns := pythons(files)
	m := views.BuildMatrix{Columns: columns}
	if len(columns) == 1 && columns[0] == anyPython {
		m.Columns = []string{"Available"}
	}
	for _, f := range files {
		i := slices.IndexFunc(m.Rows, func(row views.BuildRow) bool { return row.Platform == platformOf(f) && row.Type == f.Type })
		if i < 0 {
			i = len(m.Rows)
			m.Rows = append(m.Rows, views.BuildRow{Platform: platformOf(f), Type: f.Type, Built: make([]bool, len(columns))})
		}
		m.Rows[i].Built[slices.Index(columns, pythonOf(f))] = true
	}
	slices.SortFunc(m.Rows, func(a, b views.BuildRow) int { return comparePlatforms(a.Platform, b.Platform) })
	return m
}

// pythons lists the columns in the order of versions, builds for any at the end.
func pythons(files []model.File) []string {
	var columns []string
	for _, f := range files {
		if c := pythonOf(f); !slices.Contains(columns, c) {
			columns = append(columns, c)
		}
	}
	slices.SortFunc(columns, func(a, b string) int { return pythonRank(a) - pythonRank(b) })
	return columns
}

func pythonOf(f model.File) string {
	m := pythonBuild.FindStringSubmatch(f.Build)
	if m == nil {
		return anyPython
	}
	return "Python " + m[1] + "." + m[2]
}

func pythonRank(column string) int {
	if column == anyPython {
		return 1 << 20
	}
	major := int(column[len("Python ")] - '0')
	minor, _ := strconv.Atoi(column[len("Python 3."):])
	return major*1000 + minor
}

// platformOf is a file's subdir, or a word for files of types that have none.
func platformOf(f model.File) string {
	if f.Subdir == "" {
		return "any"
	}
	return f.Subdir
}

// comparePlatforms puts what runs anywhere first.
func comparePlatforms(a, b string) int {
	rank := func(p string) string {
		if p == "noarch" || p == "any" {
			return ""
		}
		return p
	}
	if rank(a) < rank(b) {
		return -1
	}
	if rank(a) > rank(b) {
		return 1
	}
	return 0
}

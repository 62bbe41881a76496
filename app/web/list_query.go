package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// pageSize is how many packages or files one page of a list holds.
const pageSize = 50

// The keys that a list reads from its address.
const (
	queryWords    = "q"
	queryType     = "type"
	queryAccess   = "access"
	queryPlatform = "platform"
	querySort     = "sort"
	queryPage     = "page"
)

// listQuery is what an address says about a list: which part of it, in which
// order. It holds only keys and values that mean something.
type listQuery struct {
	path   string
	usual  ordering // that stands in no address
	turned bool
	url.Values
}

// readList reads the query of a request for the list at path. What cannot be
// meant is left out.
func readList(r *http.Request, path string) listQuery { return readListBy(r, path, orderings[0]) }

// readListBy is readList for a list that is usually sorted otherwise.
func readListBy(r *http.Request, path string, usual ordering) listQuery {
	q := listQuery{path: path, usual: usual, turned: turned(r), Values: url.Values{}}
	given := r.URL.Query()
	q.keep(queryWords, given.Get(queryWords), given.Get(queryWords) != "")
	_, err := model.ParsePackageType(given.Get(queryType))
	q.keep(queryType, given.Get(queryType), err == nil)
	_, err = model.ParseAccess(given.Get(queryAccess))
	q.keep(queryAccess, given.Get(queryAccess), err == nil)
	q.keep(queryPlatform, given.Get(queryPlatform), model.WellFormedSubdir(given.Get(queryPlatform)))
	q.keep(querySort, given.Get(querySort), isOrder(given.Get(querySort)) && given.Get(querySort) != usual.value)
	q.keepPage(given)
	return q
}

// readPage is readList for a list of which the address says nothing but the page.
func readPage(r *http.Request, path string) listQuery {
	q := listQuery{path: path, turned: turned(r), Values: url.Values{}}
	q.keepPage(r.URL.Query())
	return q
}

// turned reports whether htmx asks because a link of the pager was pressed.
func turned(r *http.Request) bool {
	return wantsPartial(r) && strings.HasPrefix(r.Header.Get("HX-Source"), "a#page-")
}

func (q listQuery) keep(key, value string, meant bool) {
	if meant {
		q.Set(key, value)
	}
}

func (q listQuery) keepPage(given url.Values) {
	page, err := strconv.Atoi(given.Get(queryPage))
	q.keep(queryPage, strconv.Itoa(page), err == nil && page > 1 && page < 1<<20)
}

// here is the address of the page that is shown.
func (q listQuery) here() string { return q.url(queryPage, q.Get(queryPage)) }

// url returns the address with one value changed, or left out when it is empty.
// A change of anything else leads to the first page.
func (q listQuery) url(key, value string) string {
	changed := maps.Clone(q.Values)
	changed.Del(queryPage)
	changed.Del(key)
	if value != "" {
		changed.Set(key, value)
	}
	if len(changed) == 0 {
		return q.path
	}
	return q.path + "?" + changed.Encode()
}

// hidden are the values that go with a form which sets key.
func (q listQuery) hidden(key string) []views.Hidden {
	var fields []views.Hidden
	for _, k := range slices.Sorted(maps.Keys(q.Values)) {
		if k != key && k != queryPage {
			fields = append(fields, views.Hidden{Name: k, Value: q.Get(k)})
		}
	}
	return fields
}

func (q listQuery) page() int {
	n, err := strconv.Atoi(q.Get(queryPage))
	if err != nil {
		return 1
	}
	return n
}

func (q listQuery) offset() int { return (q.page() - 1) * pageSize }

// pager says which part of total rows is shown.
func (q listQuery) pager(total int) views.Pager {
	p := views.Pager{From: min(q.offset()+1, total), To: min(q.offset()+pageSize, total), Total: total, Turned: q.turned}
	if q.page() > 1 {
		p.PrevURL = q.url(queryPage, pageValue(q.page()-1))
	}
	if p.To < total {
		p.NextURL = q.url(queryPage, pageValue(q.page()+1))
	}
	return p
}

// pageValue is empty for the first page, whose address has no number.
func pageValue(n int) string {
	if n <= 1 {
		return ""
	}
	return strconv.Itoa(n)
}

// filter is the query in the words of registry.
func (q listQuery) filter() registry.PackageFilter {
	return registry.PackageFilter{
		Type:     model.PackageType(q.Get(queryType)),
		Access:   model.Access(q.Get(queryAccess)),
		Platform: q.Get(queryPlatform),
		Query:    q.Get(queryWords),
		Order:    q.order(),
		Limit:    pageSize,
		Offset:   q.offset(),
	}
}

package web

import (
	"slices"

	"vivarium/app/model"
	"vivarium/views"
)

// ordering is a way to sort a list, as it stands in an address. The first of a list
// stands in none.
type ordering struct {
	value, name string
	order       model.PackageOrder
}

var orderings = []ordering{
	{"updated", "Last updated", model.LastChanged},
	{"name", "Name", model.ByName},
	{"downloads", "Downloads", model.MostDownloads},
	{"favorites", "Favorites", model.MostStars},
}

func isOrder(value string) bool {
	return slices.ContainsFunc(orderings, func(o ordering) bool { return o.value == value })
}

// order is the order that the address names.
func (q listQuery) order() model.PackageOrder {
	for _, o := range orderings {
		if o.value == q.Get(querySort) {
			return o.order
		}
	}
	return q.usual.order
}

// sort is the form that offers the orders.
func (q listQuery) sort(offered ...ordering) views.Sort {
	form := views.Sort{Action: q.path, Keep: q.hidden(querySort)}
	for _, o := range offered {
		chosen := o.value == q.Get(querySort) || o == q.usual && !q.Has(querySort)
		form.Options = append(form.Options, views.Option{Value: o.value, Name: o.name, Selected: chosen})
	}
	return form
}

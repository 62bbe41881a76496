package cran_test

import (
	"slices"
	"testing"

	"vivarium/app/format/cran"
)

func TestNeeds(t *testing.T) {
	t.Parallel()
	e := cran.Entry{
		{Name: "Depends", Value: "R (>= 3.1.0), stats"}, {Name: "Imports", Value: "Matrix (>= 1.5-0),nlme,, "},
		{Name: "LinkingTo", Value: "Rcpp (>= 1"}, {Name: "Suggests", Value: "knitr"},
	}
	want := []cran.Need{{Name: "stats"}, {Name: "Matrix", Accepts: ">= 1.5-0"}, {Name: "nlme"}, {Name: "Rcpp", Accepts: ">= 1"}}
	if got := e.Needs(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (cran.Entry{}).Needs(); got != nil {
		t.Errorf("nothing needs %q", got)
	}
}

package views

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
)

func TestErrorPages(t *testing.T) {
	signedOut := LayoutProps{Title: "x", Now: testNow}
	checkGolden(t, "error/404", ErrorPage(ErrorProps{Layout: signedOut, Status: http.StatusNotFound, Message: "Package labs/secret does not exist."}))
	checkGolden(t, "error/403", ErrorPage(ErrorProps{Layout: testLayout("x"), Status: http.StatusForbidden, Message: canary}))
	checkGolden(t, "error/403_level", ErrorPage(ErrorProps{
		Layout: testLayout("x"), Status: http.StatusForbidden, Lacking: &Lacking{Owner: "reef-lab", Name: "driftcast", Has: model.Write, Needs: model.Admin},
		Message: "This needs more.",
	}))
	checkGolden(t, "error/429", ErrorPage(ErrorProps{Layout: signedOut, Status: http.StatusTooManyRequests, Message: "Too many tries.", Wait: 48 * time.Second}))
	checkGolden(t, "error/500", ErrorPage(ErrorProps{Layout: testLayout("x"), Status: http.StatusInternalServerError, Message: "The server met an unexpected problem.", RequestID: "4f2c"}))
	checkGolden(t, "error/toast", ErrorToast(ErrorProps{Status: http.StatusTooManyRequests, Message: canary, Wait: 10 * time.Minute}))
}

func TestAbsentPagesSayNothingOfTheirOwn(t *testing.T) {
	t.Parallel()
	page := func(message string) string {
		return drawn(t, ErrorPage(ErrorProps{Status: http.StatusNotFound, Message: message}))
	}
	if page("labs/secret is hidden") != page("there is no such user") {
		t.Error("two absent pages differ")
	}
}

func TestHeadings(t *testing.T) {
	t.Parallel()
	for status := range errorHeadings {
		if got := (ErrorProps{Status: status}).Heading(); got == "" || strings.HasSuffix(got, ".") {
			t.Errorf("%d: heading %q", status, got)
		}
	}
	if got := (ErrorProps{Status: 418}).Heading(); got != "Something went wrong here" {
		t.Errorf("an unknown status: got %q", got)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{time.Second: "1 second", 48 * time.Second: "48 seconds", 119 * time.Second: "119 seconds", 8*time.Minute + time.Second: "9 minutes"} {
		if got := (ErrorProps{Wait: wait}).wait(); got != want {
			t.Errorf("%s: got %q, want %q", wait, got, want)
		}
	}
}

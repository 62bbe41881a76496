package condachannel_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
)

var anchor = regexp.MustCompile(`<a[^>]* href="([^"]*)"`)

// links are the targets of a page's links.
func links(page *httptest.ResponseRecorder) (all []string) {
	for _, m := range anchor.FindAllStringSubmatch(page.Body.String(), -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "odd", Version: "1!2.0+l", Subdir: "linux-64"})
	token := s.Token(t, "brook")
	for _, prefix := range []string{"/conda/brook/", "/conda/t/" + token + "/brook/", "/t/" + token + "/conda/brook/"} {
		for _, name := range []string{"", "index.html"} {
			page := s.get(t, http.StatusOK, prefix+name)
			if got := links(page); !slices.Equal(got, []string{"linux-64/index.html", "noarch/index.html", "channeldata.json", "rss.xml", "notices.json"}) {
				t.Errorf("%s%s links to %q", prefix, name, got)
			}
			checkNoTrace(t, page, token)
		}
		for _, subdir := range []string{"linux-64/", "noarch/"} {
			page := s.get(t, http.StatusOK, prefix+subdir)
			checkNoTrace(t, page, token)
			for _, link := range links(page) {
				if !strings.HasPrefix(link, "../") {
					s.get(t, http.StatusOK, prefix+subdir+link)
				}
			}
		}
	}
	whole := s.get(t, http.StatusOK, "/conda/brook/linux-64/index.html")
	page := whole.Body.String()
	style := regexp.MustCompile(`<style>(.*)</style>`).FindStringSubmatch(page)
	if sum := sha256.Sum256([]byte(style[1])); !strings.Contains(whole.Header().Get("Content-Security-Policy"), base64.StdEncoding.EncodeToString(sum[:])) {
		t.Errorf("the policy %s does not allow the style", whole.Header().Get("Content-Security-Policy"))
	}
	for _, want := range []string{">odd-1!2.0+l-0.conda<", "<h1>brook/linux-64</h1>", "datetime=\"" + time.Now().UTC().Format("2006-")} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	dev := s.get(t, http.StatusOK, "/conda/brook/label/dev/noarch/index.html").Body.String()
	if !strings.Contains(dev, "tiny-2.0") || strings.Contains(dev, "tiny-1.0") || strings.Contains(page, "hush") {
		t.Errorf("the page of dev is %s", dev)
	}
	if none := s.get(t, http.StatusOK, "/conda/brook/win-64/").Body.String(); !strings.Contains(none, "No files.") {
		t.Errorf("the page of a subdir without files is %s", none)
	}
}

// TestPageNext follows the pages of a subdir to the end.
func TestPageNext(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const files = 1003
	s.AddRows(t, "brook", "tiny", "linux-64", files)
	seen, pages := map[string]bool{}, 0
	for at := "?after="; at != ""; pages++ {
		page := s.get(t, http.StatusOK, "/conda/brook/linux-64/index.html"+at)
		at = ""
		for _, link := range links(page) {
			if strings.HasPrefix(link, "?after=") {
				at = link
			}
			if strings.HasPrefix(link, "tiny-") {
				seen[link] = true
			}
		}
	}
	if len(seen) != files || pages != 2 {
		t.Errorf("%d files on %d pages, want %d on 2", len(seen), pages, files)
	}
	s.get(t, http.StatusOK, "/conda/brook/linux-64/index.html?after=%00%ff%22'")
}

// feed is what a reader takes from RSS 2.0.
type feed struct {
	Version string     `xml:"version,attr"`
	Title   string     `xml:"channel>title"`
	Link    string     `xml:"channel>link"`
	About   string     `xml:"channel>description"`
	Items   []feedItem `xml:"channel>item"`
}

type feedItem struct {
	Title      string   `xml:"title"`
	Link       string   `xml:"link"`
	PubDate    string   `xml:"pubDate"`
	GUID       string   `xml:"guid"`
	Categories []string `xml:"category"`
}

// readFeed reads a feed as strictly as encoding/xml does.
func readFeed(t *testing.T, body []byte) (f feed) {
	t.Helper()
	if err := xml.Unmarshal(body, &f); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return f
}

func TestFeed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	f := readFeed(t, s.get(t, http.StatusOK, "http://vivarium.test/conda/brook/rss.xml").Body.Bytes())
	if f.Version != "2.0" || f.Title != "brook" || f.Link != "http://vivarium.test/brook" || f.About == "" || len(f.Items) != 1 {
		t.Fatalf("got %+v", f)
	}
	item := f.Items[0]
	if item.Title != "tiny 1.0 (noarch/tiny-1.0-0.conda)" || item.Link != "http://vivarium.test/brook/packages/tiny" || !slices.Equal(item.Categories, []string{"main"}) || item.GUID == "" {
		t.Errorf("got %+v", item)
	}
	if at, err := time.Parse(time.RFC1123Z, item.PubDate); err != nil || time.Since(at) > time.Hour {
		t.Errorf("published %s, %v", item.PubDate, err)
	}
	token := s.Token(t, "brook")
	own := s.get(t, http.StatusOK, "/t/"+token+"/conda/brook/rss.xml")
	if f := readFeed(t, own.Body.Bytes()); len(f.Items) != 2 || f.Items[0].Title != "hush 1.0 (noarch/hush-1.0-0.conda)" {
		t.Errorf("the owner gets %+v", f)
	}
	checkNoTrace(t, own, token)
	if f := readFeed(t, s.get(t, http.StatusOK, "/conda/brook/label/dev/rss.xml").Body.Bytes()); len(f.Items) != 1 || f.Title != "brook/label/dev" {
		t.Errorf("dev gets %+v", f)
	}
	brook := s.Actor(t, "brook")
	for n := range 55 {
		s.Publish(t, brook, "brook", condatest.Spec{Name: fmt.Sprintf("x%02d", n)})
	}
	if f := readFeed(t, s.get(t, http.StatusOK, "/conda/brook/rss.xml").Body.Bytes()); len(f.Items) != 50 || !strings.HasPrefix(f.Items[0].Title, "x54 ") {
		t.Errorf("got %d items", len(f.Items))
	}
}

package pypi_test

import (
	"archive/tar"
	"fmt"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

func TestRefuseSdist(t *testing.T) {
	t.Parallel()
	file := func(name string) pypitest.Member { return pypitest.Member{Name: name, Body: []byte("x")} }
	tarred := func(members ...pypitest.Member) []byte { return pypitest.Gzip(t, pypitest.Tar(t, members...)) }
	info := pypitest.Member{Name: "demo-1.0/PKG-INFO", Body: []byte(pypitest.Spec{}.Metadata())}
	refused(t, []hostile{
		{"no PKG-INFO", sdistName, tarred(file("demo-1.0/setup.py")), "no PKG-INFO in its top folder"},
		{"PKG-INFO at the very top", sdistName, tarred(pypitest.Member{Name: "PKG-INFO", Body: info.Body}), "one folder that all else is in"},
		{"PKG-INFO deeper only", sdistName, tarred(file("demo-1.0/demo.egg-info/PKG-INFO")), "no PKG-INFO in its top folder"},
		{"PKG-INFO twice", sdistName, sdistWith(t, info), "PKG-INFO must be there once"},
		{"PKG-INFO in small letters too", sdistName, sdistWith(t, file("demo-1.0/pkg-info")), "PKG-INFO must be there once"},
		{"PKG-INFO as folder", sdistName, tarred(pypitest.Member{Name: "demo-1.0/PKG-INFO/", Type: tar.TypeDir}), "PKG-INFO must be there once"},
		{"U5 PKG-INFO as link", sdistName, tarred(pypitest.Member{Name: "demo-1.0/PKG-INFO", Type: tar.TypeSymlink, Link: "x"}), "PKG-INFO must be there once"},
		{"U5 PKG-INFO as hard link", sdistName, tarred(pypitest.Member{Name: "demo-1.0/PKG-INFO", Type: tar.TypeLink, Link: "demo-1.0/x"}), "PKG-INFO must be there once"},
		{"second folder", sdistName, sdistWith(t, file("other/x")), `"demo-1.0" and "other"`},
		{"file beside the folder", sdistName, sdistWith(t, file("x")), `"demo-1.0" and "x"`},
		{"file in place of the folder", sdistName, tarred(file("demo-1.0")), "one folder that all else is in"},
		{"link in place of the folder", sdistName, tarred(pypitest.Member{Name: "demo-1.0", Type: tar.TypeSymlink, Link: "/"}, info), "one folder that all else is in"},
		{"U4 parent", sdistName, sdistWith(t, file("demo-1.0/../../x")), `contains ".."`},
		{"U4 absolute", sdistName, sdistWith(t, file("/demo-1.0/x")), "is absolute"},
		{"U4 drive", sdistName, sdistWith(t, file("c:/x")), "is absolute"},
		{"device", sdistName, sdistWith(t, pypitest.Member{Name: "demo-1.0/null", Type: tar.TypeChar}), "neither a file, a folder nor a link"},
		{"pipe", sdistName, sdistWith(t, pypitest.Member{Name: "demo-1.0/pipe", Type: tar.TypeFifo}), "neither a file, a folder nor a link"},
		{"bad metadata", sdistName, tarred(pypitest.Member{Name: "demo-1.0/PKG-INFO", Body: []byte("Name: demo\n")}), "Metadata-Version is missing"},
	})
}

func TestRefuseZipSdist(t *testing.T) {
	t.Parallel()
	with := func(more ...pypitest.Entry) []byte {
		return pypitest.Zip(t, append(zipSdist(pypitest.Spec{}), more...)...)
	}
	entry := func(name string) pypitest.Entry { return pypitest.Entry{Name: name, Body: []byte("x")} }
	refused(t, []hostile{
		{"second folder", "demo-1.0.zip", with(entry("x/y")), "one folder that all else is in"},
		{"parent", "demo-1.0.zip", with(entry("demo-1.0/../../x")), `contains ".."`},
		{"other spelling of PKG-INFO", "demo-1.0.zip", with(entry("demo-1.0//PKG-INFO")), "PKG-INFO must be there once"},
		{"other version", "demo-1.1.zip", with(), `PKG-INFO says "1.0"`},
	})
}

func TestSdistLinks(t *testing.T) {
	t.Parallel()
	for target, inside := range map[string]bool{
		"x": true, "./x": true, "../x": true, "sub/x": true, "..": true, ".": true, "../a/b": true, "x//y": true,
		"../../x": false, "../..": false, "a/../x": false, "/etc/passwd": false, "": false, `..\..\x`: false, `\x`: false, "c:x": false, "../../demo-1.0/x": false,
	} {
		data := sdistWith(t, pypitest.Member{Name: "demo-1.0/sub/link", Type: tar.TypeSymlink, Link: target})
		if _, err := read(data, sdistName); inside != (err == nil) {
			t.Errorf("link to %q: got %v", target, err)
		}
	}
	for target, inside := range map[string]bool{
		"demo-1.0/PKG-INFO": true, "./demo-1.0/x": true, "demo-1.0": false, "x": false, "/demo-1.0/x": false, "demo-1.0/../x": false, "demo-1.0/../../x": false,
	} {
		data := sdistWith(t, pypitest.Member{Name: "demo-1.0/sub/link", Type: tar.TypeLink, Link: target})
		if _, err := read(data, sdistName); inside != (err == nil) {
			t.Errorf("hard link to %q: got %v", target, err)
		}
	}
}

func TestSdistLinkChains(t *testing.T) {
	t.Parallel()
	link := func(name, target string) pypitest.Member {
		return pypitest.Member{Name: "demo-1.0/" + name, Type: tar.TypeSymlink, Link: target}
	}
	var many []pypitest.Member
	for i := range 10_001 {
		many = append(many, link(fmt.Sprint("l", i), "x"))
	}
	refused(t, []hostile{
		{"file behind a link", sdistName, sdistWith(t, link("a", "."), pypitest.Member{Name: "demo-1.0/a/x", Body: []byte("x")}), "is behind a link"},
		{"link behind a link", sdistName, sdistWith(t, link("a", "."), link("a/b/c", "../../x")), "is behind a link"},
		{"file behind a link but for capitals", sdistName, sdistWith(t, link("a", "."), pypitest.Member{Name: "demo-1.0/A/x", Body: []byte("x")}), "is behind a link"},
		{"very many links", sdistName, sdistWith(t, many...), "too many links"},
		{"long link", sdistName, sdistWith(t, link(strings.Repeat("a/", 700)+"b", "x")), "too many links, or too long ones"},
	})
}

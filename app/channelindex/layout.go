package channelindex

import (
	"slices"

	"vivarium/app/model"
)

// The documents, in canonical JSON: keys sorted, and no blanks but those that end
// a chunk. Each is texts with the view's lists between them.
var layouts = map[model.IndexFormat]func(*view) splicing{
	model.Repodata: func(v *view) splicing {
		return splicing{
			{`{"info":{"subdir":` + quoted(v.key.Subdir) + `},"packages":{`, v.lists[inPackages]},
			{`},"packages.conda":{`, v.lists[inPackagesConda]},
			{`},"removed":[`, v.lists[inRemoved]},
			{`],"repodata_version":1}`, nil},
		}
	},
	model.CurrentRepodata: func(v *view) splicing {
		return splicing{
			{`{"info":{"subdir":` + quoted(v.key.Subdir) + `},"packages":{`, v.lists[inCurrent]},
			{`},"packages.conda":{`, v.lists[inCurrentConda]},
			{`},"removed":[],"repodata_version":1}`, nil},
		}
	},
	model.RunExports: func(v *view) splicing {
		return splicing{
			{`{"info":{"subdir":` + quoted(v.key.Subdir) + `,"version":1},"packages":{`, v.lists[inRunExports]},
			{`},"packages.conda":{`, v.lists[inRunExportsConda]},
			{`}}`, nil},
		}
	},
	model.PatchInstructions: func(v *view) splicing {
		return splicing{
			{`{"packages":{`, v.lists[inPatches]},
			{`},"packages.conda":{`, v.lists[inPatchesConda]},
			{`},"patch_instructions_version":1,"remove":[`, v.lists[inRemoved]},
			{`],"revoke":[]}`, nil},
		}
	},
}

// channelLayouts are the documents of a whole channel.
var channelLayouts = map[model.IndexFormat]func(*view) splicing{
	model.ChannelData: func(v *view) splicing {
		return splicing{
			{`{"channeldata_version":1,"packages":{`, v.lists[inChannelData]},
			{`},"subdirs":` + v.subdirs.json() + `}`, nil},
		}
	},
}

func quoted(s string) string { return string(appendQuoted(nil, s)) }

// alwaysSubdir is served by every channel, with files in it or without (CEP 26).
const alwaysSubdir = "noarch"

// subdirCount is how many packages of a channel have files in each subdir.
type subdirCount map[string]int

// add returns the count with n more packages in subdirs.
func (c subdirCount) add(subdirs []string, n int) {
	for _, s := range subdirs {
		if c[s] += n; c[s] == 0 {
			delete(c, s)
		}
	}
}

func (c subdirCount) json() string {
	names := []string{alwaysSubdir}
	for name := range c {
		names = append(names, name)
	}
	slices.Sort(names)
	var entries []entry
	for _, name := range slices.Compact(names) {
		entries = append(entries, item(name))
	}
	text := []byte("[")
	for i, e := range entries {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, e.text...)
	}
	return string(append(text, ']'))
}

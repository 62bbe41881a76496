package binstar

import (
	"encoding/json"

	"vivarium/app/model"
)

const exampleSHA256 = "2e4f4b76c1e0c052dc938318f919d25d6b2fb4a1f1f649e499379a1f8dd4e607"

func textPointer(s string) *string { return &s }

// What answers look like.
var (
	exampleMoment  = textPointer("2026-11-18 14:02:00.000000+00:00")
	exampleAccount = accountAnswer{
		Login: "reef-lab", Kind: "org", Name: "Reef Laboratory", Description: "Models of tides and reefs.", Location: "Bergen", CreatedAt: exampleMoment,
	}
	exampleToken = tokenAnswer{
		ID: "7", Application: "ci-nightly", Hostname: "builder-3", RemoteAddr: "192.0.2.9", CreatedAt: exampleMoment,
		Expires: textPointer("2027-11-18 14:02:00.000000+00:00"), Scopes: []string{"repos"},
	}
	exampleFile = fileAnswer{
		ID: "41", Basename: "linux-64/tidemodel-2.1.0-py313_0.conda", FullName: "reef-lab/tidemodel/2.1.0/linux-64/tidemodel-2.1.0-py313_0.conda",
		Owner: "reef-lab", Version: "2.1.0", Type: model.Conda, Distribution: model.Conda, Size: 420318, MD5: "161b04ed43b6310536d00d0f95d369f1",
		SHA256: exampleSHA256, Labels: []string{"main"}, Attrs: json.RawMessage(`{"subdir":"linux-64","build":"py313_0"}`), Dependencies: json.RawMessage(`null`),
		UploadTime: exampleMoment, DownloadURL: "https://pkgs.example.com/api/download/reef-lab/tidemodel/2.1.0/linux-64/tidemodel-2.1.0-py313_0.conda",
	}
	exampleSummary = summaryAnswer{
		Name: "tidemodel", FullName: "reef-lab/tidemodel", LatestVersion: "2.1.0", Public: true, Access: model.Public, Types: []model.PackageType{model.Conda},
		Platforms: []string{"linux-64"}, Builds: []string{"py313h7b1_0"}, Summary: "Tides by finite elements", Revision: 1795010520,
	}
	exampleRelease = releaseAnswer{
		releaseSummary: releaseSummary{
			Version: "2.1.0", FullName: "reef-lab/tidemodel/2.1.0", PublicAttrs: attributes{"description": json.RawMessage(`"Faster"`)},
			Requirements: json.RawMessage(`[]`), CreatedAt: exampleMoment,
		},
		Files: []fileAnswer{exampleFile},
	}
	examplePackage = packageAnswer{
		summaryAnswer: exampleSummary, ID: "12", Owner: exampleAccount, Versions: []string{"2.1.0"}, Releases: []releaseSummary{exampleRelease.releaseSummary},
		Files: []fileAnswer{exampleFile}, Newest: map[string]string{"linux-64": "2.1.0"}, License: "MIT", Status: "active",
		URL: "https://pkgs.example.com/api/package/reef-lab/tidemodel", HTMLURL: "https://pkgs.example.com/reef-lab/tidemodel",
		CreatedAt: exampleMoment, ModifiedAt: exampleMoment,
	}
	exampleNotice = noticeAnswer{
		ID: "5f0c3a9e", Status: model.NoticePublished, Level: model.Warning, Message: "Python 3.9 goes in March.", Author: "mlind",
		ExpiresAt: "2027-03-01T00:00:00Z", CreatedAt: "2026-11-18T14:02:00Z", UpdatedAt: "2026-11-18T14:02:00Z",
	}
)

package channelindex_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

func TestShardsBinaryHashesAndRunExports(t *testing.T) {
	t.Parallel()
	records := []channelindex.Record{
		record("known", "1", ".conda", nil), record("known", "2", ".conda", nil),
		record("known", "3", ".conda", nil), record("known", "4", ".conda", map[string]any{"md5": "no hex"}),
	}
	records[0].RunExports = json.RawMessage(`{"strong":["x"]}`)
	records[1].RunExports = json.RawMessage(`{}`)
	records[2].RunExports = json.RawMessage(`["y >=1"]`)
	records[3].RunExports = json.RawMessage(`null`)
	x, s := channelindex.New(model.Clock{}), newSource(1, records)
	shard := readShard(t, x, linux64, 1, s, openShardIndex(t, x, linux64, 1, s).hashOf("known"))
	for version, want := range map[string]any{
		"1": map[string]any{"strong": []any{"x"}}, "2": map[string]any{}, "3": map[string]any{"weak": []any{"y >=1"}}, "4": nil,
	} {
		fields := shard.PackagesConda["known-"+version+"-h0123_0.conda"]
		if got := fields["run_exports"]; !reflect.DeepEqual(got, want) {
			t.Errorf("run exports of %s: got %v, want %v", version, got, want)
		}
		if sha, ok := fields["sha256"].([]byte); !ok || len(sha) != 32 {
			t.Errorf("sha256 of %s: got %v, want 32 bytes", version, fields["sha256"])
		}
		md5, isBinary := fields["md5"].([]byte)
		if isBinary != (version != "4") || isBinary && len(md5) != 16 {
			t.Errorf("md5 of %s: got %v", version, fields["md5"])
		}
	}
	if _, ok := shard.PackagesConda["known-4-h0123_0.conda"]["run_exports"]; ok {
		t.Error("unknown run exports are told as known")
	}
}

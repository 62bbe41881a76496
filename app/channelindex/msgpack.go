package channelindex

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vmihailenco/msgpack/v5"
)

func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber() // a float64 would round large integers
	return d.Decode(into)
}

// encodeValue writes a value of JSON, or bytes, with the keys of maps sorted.
func encodeValue(e *msgpack.Encoder, value any) error {
	switch v := value.(type) {
	case nil:
		return e.EncodeNil()
	case bool:
		return e.EncodeBool(v)
	case string:
		return e.EncodeString(v)
	case []byte:
		return e.EncodeBytes(v)
	case int64:
		return e.EncodeInt(v)
	case json.Number:
		return encodeNumber(e, v.String())
	case []any:
		return encodeList(e, v)
	case map[string]any:
		return encodeMap(e, v)
	}
	return fmt.Errorf("encode a %T as msgpack", value)
}

func encodeList(e *msgpack.Encoder, list []any) error {
	if err := e.EncodeArrayLen(len(list)); err != nil {
		return err
	}
	for _, v := range list {
		if err := encodeValue(e, v); err != nil {
			return err
		}
	}
	return nil
}

func encodeMap(e *msgpack.Encoder, m map[string]any) error {
	if err := e.EncodeMapLen(len(m)); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if err := e.EncodeString(key); err != nil {
			return err
		}
		if err := encodeValue(e, m[key]); err != nil {
			return err
		}
	}
	return nil
}

// encodeNumber keeps integers that fit 64 bits whole. All else becomes the
// nearest float, as JSON readers take it.
func encodeNumber(e *msgpack.Encoder, literal string) error {
	if !strings.ContainsAny(literal, ".eE") {
		if n, err := strconv.ParseInt(literal, 10, 64); err == nil {
			return e.EncodeInt(n)
		}
		if n, err := strconv.ParseUint(literal, 10, 64); err == nil {
			return e.EncodeUint(n)
		}
	}
	// Out of range gives an infinity, which is better than no shard at all.
	f, _ := strconv.ParseFloat(literal, 64)
	return e.EncodeFloat64(f)
}

// msgpackText returns what write writes.
func msgpackText(write func(*msgpack.Encoder) error) string {
	var text bytes.Buffer
	_ = write(msgpack.NewEncoder(&text)) // a buffer takes everything
	return text.String()
}

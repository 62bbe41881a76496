package channelindex

import (
	"encoding/binary"
	"math"

	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// What MessagePack is written by, each value as short as it goes. A library would
// want values of Go, which cost ten times the time of making a shard.

func appendNil(dst []byte) []byte { return append(dst, msgpcode.Nil) }

func appendBool(dst []byte, v bool) []byte {
	if v {
		return append(dst, msgpcode.True)
	}
	return append(dst, msgpcode.False)
}

func appendInt(dst []byte, v int64) []byte {
	switch {
	case v >= 0:
		return appendUint(dst, uint64(v))
	case v >= -32:
		return append(dst, byte(v))
	case v >= math.MinInt8:
		return append(dst, msgpcode.Int8, byte(v))
	case v >= math.MinInt16:
		return binary.BigEndian.AppendUint16(append(dst, msgpcode.Int16), uint16(v))
	case v >= math.MinInt32:
		return binary.BigEndian.AppendUint32(append(dst, msgpcode.Int32), uint32(v))
	}
	return binary.BigEndian.AppendUint64(append(dst, msgpcode.Int64), uint64(v))
}

func appendUint(dst []byte, v uint64) []byte {
	switch {
	case v <= math.MaxInt8:
		return append(dst, byte(v))
	case v <= math.MaxUint8:
		return append(dst, msgpcode.Uint8, byte(v))
	case v <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(dst, msgpcode.Uint16), uint16(v))
	case v <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(dst, msgpcode.Uint32), uint32(v))
	}
	return binary.BigEndian.AppendUint64(append(dst, msgpcode.Uint64), v)
}

func appendFloat(dst []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(append(dst, msgpcode.Double), math.Float64bits(v))
}

func appendString[T string | []byte](dst []byte, s T) []byte {
	if n := len(s); n < 32 {
		dst = append(dst, msgpcode.FixedStrLow|byte(n))
	} else {
		dst = appendSize(dst, n, msgpcode.Str8, msgpcode.Str16, msgpcode.Str32)
	}
	return append(dst, s...)
}

func appendBinary(dst, b []byte) []byte {
	return append(appendSize(dst, len(b), msgpcode.Bin8, msgpcode.Bin16, msgpcode.Bin32), b...)
}

// appendMap begins a map of n keys and values, and appendArray a list.
func appendMap(dst []byte, n int) []byte {
	if n < 16 {
		return append(dst, msgpcode.FixedMapLow|byte(n))
	}
	return appendSize(dst, n, 0, msgpcode.Map16, msgpcode.Map32)
}

func appendArray(dst []byte, n int) []byte {
	if n < 16 {
		return append(dst, msgpcode.FixedArrayLow|byte(n))
	}
	return appendSize(dst, n, 0, msgpcode.Array16, msgpcode.Array32)
}

// appendSize writes a length under the code of its width; one byte is none when
// there is no code for it.
func appendSize(dst []byte, n int, one, two, four byte) []byte {
	switch {
	case n <= math.MaxUint8 && one != 0:
		return append(dst, one, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(dst, two), uint16(n))
	}
	return binary.BigEndian.AppendUint32(append(dst, four), uint32(n))
}

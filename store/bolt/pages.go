package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"pitch/store"
)

// The two meta pages of a bbolt file, as far as they are needed to tell a whole
// file from a damaged one before bbolt maps it. All numbers are in the machine's
// byte order.
//
//	0  page header, 16 bytes
//	16 magic u32 · version u32 · page size u32 · flags u32
//	32 root page u64 · root sequence u64 · freelist page u64
//	56 high water page u64 · transaction u64 · FNV-1a of bytes 16–72 u64
const (
	metaAt    = 16
	metaSize  = 64
	boltMagic = 0xED0CDAED
	boltOther = 2 // the version of bbolt's file format
)

type metaPage struct {
	pageSize int64
	pages    int64 // how many pages the file has in use, at least
	tx       uint64
}

var errNotMeta = errors.New("not a bbolt meta page")

func readMeta(f io.ReaderAt, at int64) (m metaPage, err error) {
	raw := make([]byte, metaSize)
	if _, err := f.ReadAt(raw, at+metaAt); err != nil {
		return m, fmt.Errorf("reading a meta page: %w", err)
	}
	order := binary.NativeEndian
	sum := fnv.New64a()
	sum.Write(raw[:56])
	if order.Uint32(raw) != boltMagic || order.Uint32(raw[4:]) != boltOther || order.Uint64(raw[56:]) != sum.Sum64() {
		return m, errNotMeta
	}
	return metaPage{
		pageSize: int64(order.Uint32(raw[8:])),
		pages:    int64(order.Uint64(raw[40:])),
		tx:       order.Uint64(raw[48:]),
	}, nil
}

// checkPages refuses a file that bbolt would misread or fault on, and touches
// none. warning is ErrDamaged where one of the two meta pages is bad: bbolt then
// goes back to the commit before the last, without a word.
func checkPages(f *os.File) (warning, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	size := info.Size()
	if size == 0 {
		return nil, unusable(f, "is empty")
	}
	first, errFirst := readMeta(f, 0)
	second, errSecond := readMeta(f, secondMeta(f, first, errFirst))
	whole := first
	switch {
	case errFirst != nil && errSecond != nil:
		return nil, unusable(f, "is not a Pitch store, or its beginning is damaged")
	case errFirst != nil:
		whole, warning = second, metaDamaged(f, "first")
	case errSecond != nil:
		warning = metaDamaged(f, "second")
	case second.tx > first.tx:
		whole = second
	}
	if size%whole.pageSize != 0 || size < whole.pages*whole.pageSize {
		return nil, unusable(f, fmt.Sprintf("is cut short: it has %d bytes and should have %d", size, whole.pages*whole.pageSize))
	}
	return warning, nil
}

// secondMeta is where the second meta page is: at the page size, which is in the
// first or else has to be tried for.
func secondMeta(f io.ReaderAt, first metaPage, err error) int64 {
	if err == nil {
		return first.pageSize
	}
	for size := int64(1024); size <= 64<<10; size *= 2 {
		if m, err := readMeta(f, size); err == nil && m.pageSize == size {
			return size
		}
	}
	return int64(os.Getpagesize())
}

func unusable(f *os.File, why string) error {
	return fmt.Errorf("%w: %s %s. It has not been touched. Stop Pitch, move the file aside, "+
		"put the latest backup in its place and start again", store.ErrDamaged, f.Name(), why)
}

func metaDamaged(f *os.File, which string) error {
	return fmt.Errorf("%w: the %s meta page of %s: the last commit before this start may be lost", store.ErrDamaged, which, f.Name())
}

// The file's bytes as "PNG", which keeps what is transparent, and its pixels on white, which every program
// takes.
#include "app/gui/platform/image_clipboard.h"

// Of GDI+ min and max are wanted as functions.
#include <algorithm>
namespace Gdiplus {
using std::max;
using std::min;
}  // namespace Gdiplus
#include <windows.h>
// These need the one above.
#include <objidl.h>
// These need the one above.
#include <gdiplus.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "core/system/files.h"
#include "core/system/windows/wide_text.h"

namespace iem::gui {
namespace {

std::string bytes_of(const std::string& path) {
  ReadableFile file(path);
  std::string out;
  char buffer[1 << 16];
  while (file.is_open()) {
    const std::ptrdiff_t count = file.read(buffer, sizeof buffer);
    if (count < 0) return {};
    if (count == 0) break;
    out.append(buffer, static_cast<std::size_t>(count));
  }
  return out;
}

class GdiPlus {
 public:
  GdiPlus() {
    const Gdiplus::GdiplusStartupInput input;
    is_there_ = Gdiplus::GdiplusStartup(&token_, &input, nullptr) == Gdiplus::Ok;
  }
  ~GdiPlus() {
    if (is_there_) Gdiplus::GdiplusShutdown(token_);
  }
  GdiPlus(const GdiPlus&) = delete;
  GdiPlus& operator=(const GdiPlus&) = delete;
  bool is_there() const { return is_there_; }

 private:
  ULONG_PTR token_ = 0;
  bool is_there_ = false;
};

// CF_DIB: a header and rows of blue, green, red and nothing, the lowest first. Empty where it cannot be read.
std::string dib_of(const std::string& path) {
  const GdiPlus gdi_plus;
  if (!gdi_plus.is_there()) return {};
  Gdiplus::Bitmap picture(wide_text(path).c_str());
  if (picture.GetLastStatus() != Gdiplus::Ok) return {};
  const int width = static_cast<int>(picture.GetWidth()), height = static_cast<int>(picture.GetHeight());
  const Gdiplus::Rect all(0, 0, width, height);
  Gdiplus::BitmapData pixels;
  if (picture.LockBits(&all, Gdiplus::ImageLockModeRead, PixelFormat32bppARGB, &pixels) != Gdiplus::Ok)
    return {};
  BITMAPINFOHEADER head{};
  head.biSize = sizeof head;
  head.biWidth = width;
  head.biHeight = height;
  head.biPlanes = 1;
  head.biBitCount = 32;
  head.biCompression = BI_RGB;
  std::string out(reinterpret_cast<const char*>(&head), sizeof head);
  out.reserve(sizeof head + std::size_t{4} * pixels.Width * pixels.Height);
  for (int y = height - 1; y >= 0; --y) {
    const auto* row = static_cast<const std::uint8_t*>(pixels.Scan0) + std::ptrdiff_t{y} * pixels.Stride;
    for (int x = 0; x < width; ++x, row += 4) {
      for (int c = 0; c < 3; ++c)
        out += static_cast<char>((row[c] * row[3] + 255 * (255 - row[3]) + 127) / 255);
      out += '\0';
    }
  }
  picture.UnlockBits(&pixels);
  return out;
}

// Gives the clipboard, which is open, a copy of the bytes.
bool put(UINT format, const std::string& bytes) {
  HGLOBAL memory = bytes.empty() ? nullptr : GlobalAlloc(GMEM_MOVEABLE, bytes.size());
  if (memory == nullptr) return false;
  std::memcpy(GlobalLock(memory), bytes.data(), bytes.size());
  GlobalUnlock(memory);
  if (SetClipboardData(format, memory) != nullptr) return true;
  GlobalFree(memory);
  return false;
}

// Another program may have it open for a moment.
bool open_clipboard(HWND owner) {
  for (int tries = 0; tries < 10; ++tries) {
    if (OpenClipboard(owner)) return true;
    Sleep(20);
  }
  return false;
}

}  // namespace

bool copy_png_file(const std::string& path) {
  const std::string png = bytes_of(path), dib = dib_of(path);
  // The clipboard wants a window of the thread that gives.
  HWND owner = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, nullptr, nullptr);
  bool copied = false;
  if (owner != nullptr && open_clipboard(owner)) {
    EmptyClipboard();
    const bool as_png = put(RegisterClipboardFormatW(L"PNG"), png), as_pixels = put(CF_DIB, dib);
    copied = as_png || as_pixels;
    CloseClipboard();
  }
  if (owner != nullptr) DestroyWindow(owner);
  return copied;
}

}  // namespace iem::gui

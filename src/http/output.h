// Output: what a connection still has to send, in pieces that are never joined: heads and bodies of its own, chunks shared with
// other connections. Private to src/http. Not thread-safe; one a connection.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::http {

class Output {
 public:
  // As many as one gathering write takes.
  static constexpr size_t kPiecesPerWriteMax = 64;

  void add(std::string bytes);
  void add(std::shared_ptr<const std::string> bytes);
  // A stream's chunk: sent() says how many of its bytes have gone out.
  void add_counted(std::shared_ptr<const std::string> bytes);

  [[nodiscard]] bool empty() const { return next_ == pieces_.size(); }
  // The next pieces to send; how many.
  [[nodiscard]] size_t front(std::array<std::string_view, kPiecesPerWriteMax>& views) const;
  // Drops `size` bytes from the front; how many counted ones are among them.
  size_t sent(size_t size);

 private:
  struct Piece {
    std::string own;
    std::shared_ptr<const std::string> shared;
    bool counted = false;
    [[nodiscard]] std::string_view bytes() const { return shared ? *shared : own; }
  };
  std::vector<Piece> pieces_;
  size_t next_ = 0;    // the piece to send next
  size_t offset_ = 0;  // how much of it has gone out
};

// "1a2b\r\n".
[[nodiscard]] std::string chunk_head(size_t bytes);

}  // namespace fairway::http

// A JSON writer for what scripts read. Commas, quotes and escapes are its business; nesting is the caller's.
//
//   JsonWriter json;
//   json.BeginObject(); json.Key("who"); json.String("Baku"); json.EndObject();
//   json.text()                                        // {"who":"Baku"}
//
// Strings that are not UTF-8 get U+FFFD for each bad byte. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::shell {

class JsonWriter {
 public:
  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  void Key(std::string_view key);
  void String(std::string_view value);
  void Number(double value);
  void Number(size_t value);
  void Bool(bool value);
  void Null();
  // Key and value in one.
  void Field(std::string_view key, std::string_view value) { Key(key), String(value); }
  void Field(std::string_view key, size_t value) { Key(key), Number(value); }
  void Field(std::string_view key, double value) { Key(key), Number(value); }
  void Field(std::string_view key, const char* value) { Field(key, std::string_view(value)); }
  void Field(std::string_view key, bool value) { Key(key), Bool(value); }

  const std::string& text() const { return text_; }

 private:
  void Open(char bracket);
  void Close(char bracket);
  void BeforeValue();

  std::string text_;
  bool first_ = true;       // no comma before the next value or key
  bool after_key_ = false;
};

}  // namespace dossier::shell

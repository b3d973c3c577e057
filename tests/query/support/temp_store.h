// A store on disk for one test: in a fresh directory, gone with the object.
//
//   TempStore temp;   temp.Add(quads);   RunUpdate(temp.store(), ...);   temp.Quads()
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "graph/store/store.h"

namespace dossier::query {

class TempStore {
 public:
  TempStore() {
    static int count = 0;
    directory_ = (std::filesystem::temp_directory_path() / Cat("dossier_query_", ::getpid(), "_", ++count)).string();
    std::filesystem::remove_all(directory_);
    auto store = graph::Store::Open(directory_, {});
    EXPECT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }
  ~TempStore() {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  TempStore(const TempStore&) = delete;

  graph::Store& store() { return *store_; }

  void Add(const std::vector<graph::Quad>& quads) {
    const auto transaction = store_->Begin();
    for (const graph::Quad& quad : quads) ASSERT_TRUE(transaction->Insert(quad).ok());
    ASSERT_TRUE(transaction->Commit().ok());
  }

  std::vector<graph::Quad> Quads() const { return QuadsOf(*store_->GetSnapshot()); }

  static std::vector<graph::Quad> QuadsOf(const graph::Snapshot& snapshot) {
    std::vector<graph::Quad> out;
    graph::IdPattern all;
    all.graphs = graph::IdPattern::Graphs::kAny;
    auto cursor = snapshot.Scan(all, graph::Order::kSpo);
    EXPECT_TRUE(cursor.ok()) << cursor.status();
    for (graph::IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
      for (size_t i = 0; i < batch.size; ++i) {
        const bool in_default = batch.graph[i] == graph::TermId::DefaultGraph();
        const std::vector<graph::TermId> ids = {batch.subject[i], batch.predicate[i], batch.object[i],
                                                in_default ? batch.subject[i] : batch.graph[i]};
        std::vector<graph::Term> terms;
        EXPECT_TRUE(snapshot.Decode(ids, terms).ok());
        graph::Quad quad(terms[0], terms[1], terms[2]);
        quad.in_default_graph = in_default;
        if (!in_default) quad.graph = terms[3];
        out.push_back(std::move(quad));
      }
    }
    return out;
  }

 private:
  std::string directory_;
  std::unique_ptr<graph::Store> store_;
};

}  // namespace dossier::query

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Has ours and the peers judge the same mails, at the same time. */
record Comparison(Ours ours, List<? extends Peer> peers, ExecutorService threads, Tally tally) {
  void of(List<Case> cases) throws InterruptedException, ExecutionException {
    List<Signed> mails = cases.stream().map(Case::signed).toList();
    List<Future<List<Optional<String>>>> theirs = new ArrayList<>();
    for (Peer peer : peers) {
      theirs.add(threads.submit(() -> peer.objections(mails)));
    }
    List<Boolean> goods =
        mails.stream()
            .map(signed -> ours.verifies(signed.mail().octets(), signed.keyRecord()))
            .toList();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      boolean good = goods.get(i);
      tally.judged(one.change(), good);
      if (good ? one.change().breaks() : one.change() == Change.NOTHING) {
        tally.fails("ours: " + good + ", " + one.description());
      }
    }
    for (int i = 0; i < peers.size(); i++) {
      compare(cases, goods, peers.get(i), theirs.get(i).get());
    }
  }

  private void compare(
      List<Case> cases, List<Boolean> goods, Peer peer, List<Optional<String>> objections) {
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      boolean good = goods.get(i);
      Optional<String> objection = objections.get(i);
      if (objection.isEmpty() != good && peer.canJudge(one.signed())) {
        difference(peer, one, good, objection.orElse(""))
            .ifPresentOrElse(
                tally::differs,
                () ->
                    tally.fails(
                        "ours: %s, %s: %s, %s"
                            .formatted(good, peer.name(), objection, one.description())));
      }
    }
  }

  private static Optional<Difference> difference(
      Peer peer, Case one, boolean good, String objection) {
    return Arrays.stream(Difference.values())
        .filter(difference -> difference.peer().equals(peer.name()))
        .filter(difference -> difference.explains(new View(one.signed()), good, objection))
        .findFirst();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes mails, has them signed by one or the other, and changes them. */
record Cases(Keys keys, List<SigningPeer> peers) {
  private static final int CHANGES = 2;

  /** One signed mail and what may become of it. */
  private record Draft(long seed, Mails mails, Unsigned unsigned, String signer) {}

  /** The cases of a range of seeds. A mail that its peer refuses to sign makes no case. */
  List<Case> of(long firstSeed, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      drafts.add(draft(seed));
    }
    Map<Draft, Mail> signed = new HashMap<>();
    for (Draft draft : drafts) {
      if (draft.signer().equals("test")) {
        signed.put(
            draft,
            new OddSigner(draft.mails().odd(), draft.mails().oddities())
                .sign(draft.unsigned().mail(), draft.unsigned().plan(), draft.unsigned().key()));
      }
    }
    for (SigningPeer peer : peers) {
      signed.putAll(signedBy(peer, drafts));
    }
    List<Case> cases = new ArrayList<>();
    for (Draft draft : drafts) {
      Mail mail = signed.get(draft);
      if (mail != null) {
        cases.addAll(changed(draft, mail));
      }
    }
    return cases;
  }

  private Draft draft(long seed) {
    // split(), so that consecutive seeds give unrelated numbers.
    Odd odd = new Odd(new SplittableRandom(seed).split());
    Mails mails = new Mails(odd, Oddities.of(odd));
    Mail mail = mails.next();
    Plan plan = Plan.of(odd, mail);
    String signer = odd.chance(0.5) ? "test" : odd.one(peers).name();
    return new Draft(seed, mails, new Unsigned(mail, plan, keys.of(plan)), signer);
  }

  private static Map<Draft, Mail> signedBy(SigningPeer peer, List<Draft> drafts) {
    List<Draft> own =
        drafts.stream()
            .filter(draft -> draft.signer().equals(peer.name()))
            .filter(draft -> signsWell(peer, draft))
            .toList();
    List<Optional<Mail>> answers = peer.sign(own.stream().map(Draft::unsigned).toList());
    Map<Draft, Mail> signed = new HashMap<>();
    for (int i = 0; i < own.size(); i++) {
      Draft draft = own.get(i);
      answers.get(i).ifPresent(mail -> signed.put(draft, mail));
    }
    return signed;
  }

  /**
   * Whether the peer signs such a mail as RFC 6376 says; {@link Difference} lists its other faults.
   */
  private static boolean signsWell(SigningPeer peer, Draft draft) {
    Plan plan = draft.unsigned().plan();
    Oddities oddities = draft.mails().oddities();
    return !oddities.controls()
        && !oddities.lastLineOpen()
        && switch (peer.name()) {
          case "dkimpy" -> !oddities.blanksBeforeColons();
          // Against §3.4.1 it folds a field otherwise once it has the value of b.
          case "opendkim" -> !(plan.ed25519() && plan.header().equals("simple"));
          default -> !(plan.body().equals("relaxed") && draft.unsigned().mail().body().isBlank());
        };
  }

  private static List<Case> changed(Draft draft, Mail mail) {
    String keyRecord = draft.unsigned().key().record();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i <= CHANGES; i++) {
      Change change = i == 0 ? Change.NOTHING : draft.mails().odd().one(List.of(Change.values()));
      Mail changed = change.apply(mail, draft.mails());
      cases.add(new Case(draft.seed(), draft.signer(), change, new Signed(changed, keyRecord)));
    }
    return cases;
  }
}

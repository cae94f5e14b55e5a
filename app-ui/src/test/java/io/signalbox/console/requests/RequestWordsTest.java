package io.signalbox.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.routing.StickyKey;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everythingThatAnExplanationMaySayHasWords(String language) {
        Locale locale = Locale.of(language);
        Formats formats = Formats.of(locale, ZoneOffset.UTC);
        RequestWords words = new RequestWords(Texts.of(locale), formats);
        AttemptWords attempts = new AttemptWords(words, formats);
        List<String> said = new ArrayList<>();
        say(words, said, "by", VersionChoice.By.values());
        say(words, said, "end", AttemptEnd.values());
        say(words, said, "kept", Kept.values());
        say(words, said, "state", Kept.values());
        say(words, said, "left-out", Candidate.LeftOut.values());
        say(words, said, "objection", RetryVerdict.Reason.values());
        say(words, said, "picked", PickedFor.values());
        say(words, said, "pool", Pool.values());
        say(words, said, "verdict", RuleStep.Verdict.values());
        for (PickedFor why : PickedFor.values()) {
            said.add(attempts.scoreName(why));
        }
        for (Certainty certainty : Certainty.values()) {
            said.add(words.doubt(certainty));
        }
        for (StickyKey.Origin origin : StickyKey.Origin.values()) {
            said.add(words.key(new StickyKey("cookie shop", origin, "s-1", "00ff")));
        }
        assertThat(said).noneMatch(text -> text.startsWith("requests.")).noneMatch(text -> text.contains("{"));
    }

    private static void say(RequestWords words, List<String> said, String group, Enum<?>... constants) {
        for (Enum<?> constant : constants) {
            said.add(words.word(group, constant));
        }
    }
}

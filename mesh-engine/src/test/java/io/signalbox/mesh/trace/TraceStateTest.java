package io.signalbox.mesh.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceStateTest {

    @Test
    void aMemberIsFoundAmongOthers() {
        String list = "vendor=1, signalbox=abc ,signalboxer=no";

        assertThat(TraceState.member(list, "signalbox")).isEqualTo("abc");
        assertThat(TraceState.member(list, "signal")).isNull();
        assertThat(TraceState.member(null, "signalbox")).isNull();
        assertThat(TraceState.member("signalbox", "signalbox")).isNull();
    }

    @Test
    void aMemberThatChangesComesFirstAndTheOthersStay() {
        assertThat(TraceState.with("a=1,signalbox=old, b=2,,", "signalbox", "new"))
                .isEqualTo("signalbox=new,a=1,b=2");
        assertThat(TraceState.with(null, "signalbox", "new")).isEqualTo("signalbox=new");
    }

    @Test
    void noMoreThan32MembersAreSent() {
        String list = IntStream.range(0, 32).mapToObj(i -> "m" + i + "=x").collect(Collectors.joining(","));

        String after = TraceState.with(list, "signalbox", "new");
        assertThat(after.split(","))
                .hasSize(32)
                .startsWith("signalbox=new", "m0=x")
                .doesNotContain("m31=x");
    }
}

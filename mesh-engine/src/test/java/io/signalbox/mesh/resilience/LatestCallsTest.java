package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatestCallsTest {

    private static final String ONE = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6";

    private final LatestCalls calls = new LatestCalls(3, 2);

    @ParameterizedTest
    @ValueSource(
            strings = {
                ONE,
                "00000000-0000-0000-0000-000000000000",
                "00000000-0000-0000-0000-000000000001",
                "10000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6",
                "f81d4fae-7dec-41d0-a765-00a0c91e6bfg",
                "f81d4fae07dec-41d0-a765-00a0c91e6bf6",
                "f81d4fae-7dec-41d0-a76500a0c91e6bf-6",
                "f81d4fae-7dec-41d0-a765-00a0c91e6bf",
                "f81d4fae-7dec-41d0-a765-00a0c91e6bf66",
                "------------------------------------",
                "order-17",
                "7"
            })
    void aRequestIdComesBackAsItCame(String id) {
        add(ONE);
        add(id);
        add(null);

        assertThat(ids()).containsExactly(ONE, id, null);
    }

    @Test
    void anIdOfAnyKindMakesRoomForAnyOther() {
        Random random = new Random(7);
        ArrayDeque<String> expected = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            String id =
                    random.nextInt(3) == 0 ? "order-" + i : new UUID(random.nextLong(), random.nextLong()).toString();
            add(id);
            expected.add(id);
            if (expected.size() > 3) {
                expected.removeFirst();
            }
            assertThat(ids()).containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCauseAndStatusComesBack(Cause cause) {
        for (int status : new int[] {0, 200, 503, 599}) {
            calls.add(5, 3, Verdict.FAILED, Speed.SLOW, new Notes(status, cause, null));

            assertThat(calls.outcomes(9).getLast())
                    .isEqualTo(new CallOutcome(4, 3, Verdict.FAILED, Speed.SLOW, status, cause, null));
        }
    }

    private void add(@Nullable String id) {
        calls.add(1, 1, Verdict.SUCCEEDED, Speed.QUICK, new Notes(200, null, id));
    }

    private List<@Nullable String> ids() {
        List<@Nullable String> ids = new ArrayList<>();
        calls.outcomes(2).forEach(call -> ids.add(call.requestId()));
        return ids;
    }

    private record Notes(
            int status, @Nullable Cause cause, @Nullable String requestId) implements CallNotes {

        @Override
        public long tookNanos() {
            return 1;
        }
    }
}

package io.signalbox.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.explain.RequestFilter.Statuses;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionLogTest {

    private final ManualTime time = new ManualTime();
    private final DecisionLog log = new DecisionLog(4, 3);

    @Test
    void eachRingHoldsTheNewestAndNeitherPushesTheOtherOut() {
        for (int i = 0; i < 10; i++) {
            log.add(Records.named("good-" + i, 200, null));
            log.add(Records.named("bad-" + i, 503, Cause.BREAKER_OPEN));
        }

        assertThat(log.newest(RequestFilter.ALL, 100))
                .extracting(DecisionRecord::requestId)
                .containsExactlyInAnyOrder("good-7", "good-8", "good-9", "bad-6", "bad-7", "bad-8", "bad-9");
        assertThat(log.newest(RequestFilter.ALL, 2)).hasSize(2);
        assertThat(log.hops("good-0")).isEmpty();
    }

    @Test
    void ofSampledTracesThatAreWrittenOverSomeAreHeldLonger() {
        DecisionLog busy = new DecisionLog(4, 1_024);
        for (int i = 0; i < 20_000; i++) {
            busy.add(Records.named("good-" + i, 200, null));
        }

        List<DecisionRecord> held = busy.since(Records.NOON);
        List<DecisionRecord> newest =
                held.stream().filter(record -> number(record) >= 20_000 - 768).toList();
        List<DecisionRecord> older =
                held.stream().filter(record -> number(record) < 20_000 - 768).toList();
        assertThat(held).doesNotHaveDuplicates();
        assertThat(newest).hasSize(768);
        assertThat(older).hasSizeBetween(75, 256).allMatch(record -> RequestLog.isHeldLonger(record));
        assertThat(busy.hops(older.getLast().traceId())).hasSize(1);
        assertThat(busy.wholeSince()).isPresent();
        assertThat(busy.thinnedSince()).isEmpty();
    }

    @Test
    void whatIsHeldLongerTakesTurnsAsWell() {
        DecisionLog busy = new DecisionLog(4, 256);
        for (int i = 0; i < 20_000; i++) {
            busy.add(Records.named("good-" + i, 200, null));
        }

        assertThat(busy.since(Records.NOON)).hasSizeLessThanOrEqualTo(256);
        assertThat(busy.thinnedSince()).isPresent();
    }

    @Test
    void whatIsHeldWholeIsHeldThinnedToo() {
        DecisionLog busy = new DecisionLog(4, 256);
        IntStream.range(0, 100_000)
                .mapToObj(i -> Records.named("good-" + i, 200, null))
                .filter(RequestLog::isHeldLonger)
                .limit(70)
                .forEach(busy::add);

        assertThat(busy.since(Records.NOON)).hasSize(70);
        assertThat(busy.thinnedSince()).isEmpty();
    }

    private static int number(DecisionRecord record) {
        return Integer.parseInt(String.valueOf(record.requestId()).substring("good-".length()));
    }

    @Test
    void aRequestIsFoundByItsIdAndByItsTrace() {
        log.add(Records.named("r-1", 200, null));
        log.add(Records.named("r-2", 200, null));
        String trace = log.hops("r-1").getFirst().traceId();

        assertThat(log.hops(trace)).extracting(DecisionRecord::requestId).containsExactly("r-1");
    }

    @Test
    void anIdThatIsSentAgainAndAgainFindsTheNewestHopsAlone() {
        DecisionLog wide = new DecisionLog(1, 2_000);
        for (int i = 0; i < 1_500; i++) {
            wide.add(Records.named("same", 200, null));
        }

        assertThat(wide.hops("same")).hasSize(DecisionLog.MOST_HOPS);
        assertThat(CallOrder.explain(wide.hops("same"), List.of())).hasSize(DecisionLog.MOST_HOPS);
    }

    @Test
    void aTapSeesWhatComesFromNowOnOnceEach() {
        log.add(Records.named("before", 200, null));
        Tap tap = tap(log);
        log.add(Records.named("one", 200, null));
        log.add(Records.named("two", 500, Cause.INTERNAL));

        assertThat(tap.next().requests()).extracting(RequestLine::id).containsExactlyInAnyOrder("one", "two");
        assertThat(tap.next()).isEqualTo(new Tap.Batch(List.of(), 0, 0, 0));
    }

    @Test
    void aSlowTapIsToldExactlyHowManyItMissed() {
        Tap tap = tap(log);
        for (int i = 0; i < 10; i++) {
            log.add(Records.named("good-" + i, 200, null));
        }
        log.add(Records.named("bad", 500, Cause.INTERNAL));

        Tap.Batch batch = tap.next();

        assertThat(batch.dropped()).isEqualTo(7);
        assertThat(batch.requests()).hasSize(4);
        assertThat(tap.next().dropped()).isZero();
    }

    @Test
    void aTapShowsNoMoreThanABudgetAndTellsHowManyItLeftOut() {
        DecisionLog wide = new DecisionLog(5_000, 5_000);
        Tap tap = tap(wide);
        int atOnce = 2 * Tap.MOST_A_SECOND - Tap.KEPT_FOR_TROUBLE;
        addSampled(wide, atOnce + 300);
        wide.add(Records.named("bad", 500, Cause.INTERNAL));

        Tap.Batch flood = tap.next();
        assertThat(flood.requests()).hasSize(atOnce);
        assertThat(flood.dropped()).isZero();

        time.advance(Duration.ofMillis(100));
        addSampled(wide, 200);
        assertThat(tap.next().requests()).hasSize(Tap.MOST_A_SECOND / 10);

        time.advance(Duration.ofMillis(900));
        assertThat(tap.next().leftOut()).isEqualTo(301 + 200 - Tap.MOST_A_SECOND / 10);
    }

    @Test
    void ofFailedRequestsATapShowsAsManyAtOnceAsThereMayBe() {
        DecisionLog wide = new DecisionLog(5_000, 5_000);
        Tap tap = tap(wide);
        addFailed(wide, 2 * Tap.MOST_A_SECOND + 300);

        assertThat(tap.next().requests()).hasSize(2 * Tap.MOST_A_SECOND);
    }

    @Test
    void aFailedRequestIsShownThoughSampledOnesCameBeforeItInTheSameSecond() {
        DecisionLog wide = new DecisionLog(5_000, 5_000);
        Tap tap = tap(wide);
        for (int tenth = 0; tenth < 10; tenth++) {
            addSampled(wide, 2 * Tap.MOST_A_SECOND);
            assertThat(tap.next().requests()).isNotEmpty();
            time.advance(Duration.ofMillis(100));
        }
        addSampled(wide, 1_000);
        assertThat(tap.next().requests()).isNotEmpty();
        addFailed(wide, Tap.KEPT_FOR_TROUBLE);

        assertThat(tap.next().requests()).hasSize(Tap.KEPT_FOR_TROUBLE).allMatch(line -> line.kept() == Kept.FAILED);
    }

    @Test
    void whatWasLeftOutInASecondIsToldAsOneNumberWhenItIsOver() {
        DecisionLog wide = new DecisionLog(5_000, 5_000);
        Tap tap = tap(wide);
        assertThat(tap.owes()).isFalse();
        long kept = 0;
        for (int tenth = 0; tenth < 10; tenth++) {
            addSampled(wide, 2_000);
            Tap.Batch batch = tap.next();
            kept += batch.requests().size();
            assertThat(batch.leftOut()).isZero();
            assertThat(tap.owes()).isTrue();
            time.advance(Duration.ofMillis(100));
        }

        assertThat(tap.next().leftOut()).isEqualTo(10 * 2_000 - kept);
        assertThat(tap.owes()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(tap.next().leftOut()).isZero();
    }

    @Test
    void aTapLeavesOutSampledRequestsBeforeFailedOnesAndOlderBeforeNewer() {
        DecisionLog wide = new DecisionLog(5_000, 5_000);
        Tap tap = tap(wide);
        wide.add(Records.named("bad", 500, Cause.INTERNAL));
        int atOnce = 2 * Tap.MOST_A_SECOND - Tap.KEPT_FOR_TROUBLE;
        addSampled(wide, atOnce + 5);

        assertThat(tap.next().requests())
                .extracting(RequestLine::id)
                .contains("bad", "good-6", "good-" + (atOnce + 4))
                .doesNotContain("good-0", "good-5");
    }

    @Test
    void whatTheFilterPassesOverCostsATapNothing() {
        DecisionLog wide = new DecisionLog(5_000, 5_000);
        Tap tap = Tap.of(new RequestFilter(null, null, Duration.ZERO, Cause.INTERNAL, null), List.of(wide), time);
        addSampled(wide, 4_000);
        wide.add(Records.named("bad", 500, Cause.INTERNAL));

        assertThat(tap.next().requests()).extracting(RequestLine::id).containsExactly("bad");
        assertThat(tap.next().leftOut()).isZero();
    }

    private static void addSampled(DecisionLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.add(Records.named("good-" + i, 200, null));
        }
    }

    private static void addFailed(DecisionLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.add(Records.named("bad-" + i, 500, Cause.INTERNAL));
        }
    }

    private Tap tap(DecisionLog of) {
        return Tap.of(RequestFilter.ALL, List.of(of), time);
    }

    @Test
    void underWritersOnEveryThreadATapSeesOrMissesEachRecordExactlyOnce() throws InterruptedException {
        DecisionLog busy = new DecisionLog(64, 64);
        Tap tap = tap(busy);
        int writers = 4;
        int each = 5_000;
        CountDownLatch written = new CountDownLatch(writers);
        for (int i = 0; i < writers; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                for (int j = 0; j < each; j++) {
                    busy.add(Records.named("r", 200, null));
                }
                written.countDown();
            });
        }
        long counted = 0;
        boolean last = false;
        while (!last) {
            last = written.getCount() == 0;
            Tap.Batch batch = tap.next();
            counted += batch.requests().size() + batch.dropped() + batch.leftOut();
        }
        time.advance(Duration.ofSeconds(1));
        counted += tap.next().leftOut();

        assertThat(counted).isEqualTo((long) writers * each);
    }

    @Test
    void listenersAreToldUntilTheyLeave() {
        AtomicInteger told = new AtomicInteger();
        Runnable leave = log.listen(told::incrementAndGet);
        log.add(Records.named("one", 200, null));
        leave.run();
        log.add(Records.named("two", 200, null));

        assertThat(told).hasValue(1);
    }

    @Test
    void aFilterTakesWhatHoldsInAll() {
        List<DecisionRecord> records = List.of(
                Records.named("ok", 200, null),
                Records.named("refused", 503, Cause.BREAKER_OPEN),
                Records.record("slow", 200, null, Duration.ofSeconds(2), Kept.SLOW));

        assertThat(taken(records, new RequestFilter("catalog", null, Duration.ZERO, null, null)))
                .containsExactly("ok", "refused", "slow");
        assertThat(taken(records, new RequestFilter("shop", Statuses.parse("5xx"), Duration.ZERO, null, null)))
                .containsExactly("refused");
        assertThat(taken(records, new RequestFilter(null, null, Duration.ofSeconds(1), null, null)))
                .containsExactly("slow");
        assertThat(taken(records, new RequestFilter(null, null, Duration.ZERO, Cause.BREAKER_OPEN, "/items")))
                .containsExactly("refused");
        assertThat(taken(records, new RequestFilter(null, Statuses.parse("200"), Duration.ZERO, null, "/other")))
                .isEmpty();
        assertThat(taken(records, new RequestFilter("bank", null, Duration.ZERO, null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6xx", "99", "abc", "5x", ""})
    void whatIsNoStatusIsRefused(String text) {
        assertThatThrownBy(() -> Statuses.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("status: " + text + " (expected: a status such as 503, or a class such as 5xx)");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # status, cause,        attempts, millis, timeout, kept
        200,      -,            1,        10,     15000,   -
        404,      -,            1,        10,     15000,   -
        500,      -,            1,        10,     15000,   FAILED
        404,      UNKNOWN_SERVICE, 0,     10,     15000,   FAILED
        200,      -,            1,        1001,   15000,   SLOW
        200,      -,            1,        1000,   15000,   -
        200,      -,            1,        101,    200,     SLOW
        200,      -,            2,        10,     15000,   RETRIED
        """)
    void whatSomethingWasTheMatterWithIsAlwaysKept(
            int status, Cause cause, int attempts, long millis, long timeoutMillis, Kept kept) {
        assertThat(Kept.trouble(
                        status,
                        cause,
                        attempts,
                        Duration.ofMillis(millis).toNanos(),
                        Kept.slowNanos(Duration.ofMillis(timeoutMillis))))
                .isEqualTo(kept);
    }

    @Test
    void aHeadBeyondTheLimitIsCutAndSaysSo() {
        HeldHead.Collector fields = new HeldHead.Collector();
        IntStream.range(0, 10).forEach(i -> fields.field("x-" + i, "v".repeat(500)));

        HeldHead head = fields.head("GET", "/a?b", "catalog");

        assertThat(head.extent()).isEqualTo(HeldHead.Extent.CUT);
        assertThat(head.fields()).hasSize(8);
        assertThat(head.first("X-3")).hasSize(500);
        assertThat(head.first("x-9")).isNull();
        assertThat(head.path()).isEqualTo("/a");
    }

    private static List<String> taken(List<DecisionRecord> records, RequestFilter filter) {
        List<String> ids = new ArrayList<>();
        records.stream().filter(record -> filter.takes(record.line())).forEach(record -> ids.add(record.requestId()));
        return ids;
    }
}

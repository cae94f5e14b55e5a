package io.signalbox.shop.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Faults 4 and 7, and what a budget is for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetryLessonsTest {

    private static final int WORST = 27;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final String PATIENT_CALLER = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: payment
        timeout: 10s
        circuitBreaker: { failureThreshold: 100000 }
        retry: { maxAttempts: 3, methods: any, retryOn: [503], backoff: { base: 1ms, max: 2ms }, budget: { ratio: 0.2, minPerSecond: 0 } }
        """;

    private LessonMesh lesson;

    @BeforeAll
    void open(@TempDir Path folder) {
        lesson = new LessonMesh(folder);
    }

    @AfterAll
    void close() throws Exception {
        lesson.close();
    }

    @Test
    void threeLayersOfRetriesMakeTwentySevenCallsOfOneCheckoutAndABudgetAtOneLayerHardlyMoreThanOne() {
        int few = 5;
        lesson.switchOn("bank-429");
        long before = lesson.bank("asked");
        List<Integer> statuses = statuses(few, "worst");
        double worst = (double) (lesson.bank("asked") - before) / few;
        assertThat(statuses).doesNotContain(201);
        assertThat(worst).as("bank calls per checkout").isBetween(WORST * 0.8, (double) WORST);

        lesson.mend("bank-429");
        int many = 40;
        before = lesson.bank("asked");
        statuses(many, "mended");
        double mended = (double) (lesson.bank("asked") - before) / many;
        assertThat(mended).as("bank calls per checkout").isBetween(1.0, 1.2);

        lesson.switchOff("bank-429");
        assertThat(lesson.checkOut("afterwards").statusCode()).isEqualTo(201);
        assertThat(lesson.fault("bank-429").remark())
                .isEqualTo("what held before is in force again: bank rev 4, storefront rev 3");
    }

    @Test
    void anOutageOfPaymentIsNeverMultipliedBeyondTheBudget() {
        lesson.switchOn("payment-burst");
        lesson.put(PATIENT_CALLER);
        int many = 200;
        double before = lesson.retries("payment");
        long start = Ticker.system().nanos();
        List<Integer> statuses = LessonMesh.all(lesson.atOnce(many, number -> lesson.pay("outage-" + number)));
        long windows = 1 + Duration.ofNanos(Ticker.system().nanos() - start).dividedBy(WINDOW);
        double extra = lesson.retries("payment") - before;
        assertThat(statuses).containsOnly(503);
        // a budget allows whole retries only, so each window may round up to one more
        assertThat(extra).as("retries of %s payments", many).isPositive().isLessThanOrEqualTo(0.2 * many + windows);
        lesson.switchOff("payment-burst");
    }

    @Test
    void aPaymentWhoseAnswerIsLostIsTakenTwiceOnlyWhileItIsTriedAgain() {
        lesson.switchOn("double-charge");
        LessonMesh.eventually(() -> {
            lesson.checkOut("twice");
            return lesson.bank("chargedTwice") > 0;
        });

        lesson.mend("double-charge");
        long before = lesson.bank("chargedTwice");
        List<Integer> statuses = statuses(40, "once");
        assertThat(lesson.bank("chargedTwice")).isEqualTo(before);
        assertThat(statuses).contains(201);
        lesson.switchOff("double-charge");
        assertThat(lesson.checkOut("afterwards").statusCode()).isEqualTo(201);
    }

    /** Of so many checkouts at once, each by another shopper. */
    private List<Integer> statuses(int many, String who) {
        return LessonMesh.all(lesson.atOnce(
                many, number -> lesson.checkOut(who + "-" + number).statusCode()));
    }
}

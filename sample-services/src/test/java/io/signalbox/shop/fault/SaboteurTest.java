package io.signalbox.shop.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.shop.line.LineReply;
import io.signalbox.shop.line.LineService;
import io.signalbox.shop.pricing.v1.PricingGrpc;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SaboteurTest {

    private static final int MANY = 4_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private final FaultBoard faults = new FaultBoard(() -> NOW);
    private final Saboteur saboteur = new Saboteur(faults, pauses::add);

    private Application around(String service, String version, String instance) {
        return saboteur.around(service, version, call -> Reply.ok("fine"), Chance.of(5, instance));
    }

    private static Call get(String path, String category) {
        return new Call("GET", path, category.isEmpty() ? Map.of() : Map.of("category", category), Map.of(), "");
    }

    private static long failures(Application application, Call call) {
        return IntStream.range(0, MANY)
                .filter(_ -> application.answer(call).status() >= 500)
                .count();
    }

    @Test
    void nothingHappensWhileEveryFaultIsOff() {
        for (String service : List.of("catalog", "payment", "reviews")) {
            assertThat(failures(around(service, "v2", service + "-2"), get("/items", "garden")))
                    .isZero();
        }
        assertThat(pauses).isEmpty();
        assertThat(faults.statuses()).allMatch(fault -> fault.position() == Switch.OFF && fault.since() == null);
    }

    @Test
    void theBadCanaryFailsAFifthOfOneCategoryAndIsSometimesCold() {
        faults.switchTo(FaultBoard.named("bad-canary"), Switch.ON, "");
        Application canary = around("catalog", "v2", "catalog-3");
        assertThat(failures(canary, get("/items", "garden"))).isCloseTo(MANY / 5, within(120L));
        assertThat(failures(canary, get("/items", "tea"))).isZero();
        assertThat(failures(canary, get("/health", ""))).isZero();
        assertThat(pauses).hasSizeGreaterThan(MANY / 40).allMatch(pause -> pause.toMillis() >= 150);
        assertThat(failures(around("catalog", "v1", "catalog-1"), get("/items", "garden")))
                .isZero();
    }

    @Test
    void whatBreaksStableTooFailsAFifthOfOneCategoryInEveryVersion() {
        faults.switchTo(FaultBoard.named("bad-canary-stable-too"), Switch.ON, "");
        for (String version : List.of("v1", "v2")) {
            Application catalog = around("catalog", version, "catalog-1");
            assertThat(failures(catalog, get("/items", "garden"))).isCloseTo(MANY / 5, within(120L));
            assertThat(failures(catalog, get("/items", "tea"))).isZero();
            assertThat(failures(catalog, get("/health", ""))).isZero();
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void theGrayInstanceIsSlowOnceInTwenty() {
        faults.switchTo(FaultBoard.named("gray-instance"), Switch.ON, "");
        assertThat(answeredQuotes("pricing-2")).isEqualTo(MANY);
        assertThat(pauses).hasSizeBetween(MANY / 25, MANY / 16).containsOnly(Duration.ofMillis(400));
        pauses.clear();
        assertThat(answeredQuotes("pricing-1")).isEqualTo(MANY);
        assertThat(pauses).isEmpty();
        faults.switchTo(FaultBoard.named("gray-instance"), Switch.OFF, "");
        assertThat(answeredQuotes("pricing-2")).isEqualTo(MANY);
        assertThat(pauses).isEmpty();
    }

    /** Calls the instance's first method many times over; answers how many calls reached it. */
    private long answeredQuotes(String instance) {
        ServerServiceDefinition service = new PricingGrpc.PricingImplBase() {}.bindService();
        AtomicLong reached = new AtomicLong();
        ServerInterceptor last = new ServerInterceptor() {
            @Override
            public <A, B> ServerCall.Listener<A> interceptCall(
                    ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
                reached.incrementAndGet();
                return new ServerCall.Listener<>() {};
            }
        };
        ServerServiceDefinition sabotaged =
                saboteur.around(instance, ServerInterceptors.intercept(service, last), Chance.of(5, instance));
        ServerMethodDefinition<?, ?> quote = Objects.requireNonNull(
                sabotaged.getMethod(PricingGrpc.getQuoteMethod().getFullMethodName()));
        for (int i = 0; i < MANY; i++) {
            start(quote);
        }
        return reached.get();
    }

    private static <A, B> void start(ServerMethodDefinition<A, B> method) {
        method.getServerCallHandler().startCall(new SilentCall<>(method.getMethodDescriptor()), new Metadata());
    }

    @Test
    void oneAnswerOfStockInTwentyBreaksOffInTheMiddle() {
        LineService stock = saboteur.around("stock", _ -> new LineReply.Line("OK 42"), Chance.of(5, "stock-1"));
        assertThat(stock.answer("LEVEL pears")).isEqualTo(new LineReply.Line("OK 42"));
        faults.switchTo(FaultBoard.named("stock-resets"), Switch.ON, "");
        Map<LineReply, Long> replies = IntStream.range(0, MANY)
                .mapToObj(_ -> stock.answer("LEVEL pears"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(replies).containsOnlyKeys(new LineReply.Line("OK 42"), new LineReply.Cut("OK"));
        assertThat(replies.get(new LineReply.Cut("OK"))).isBetween(MANY / 25L, MANY / 16L);
    }

    @Test
    void anAnswerBreaksOffOnlyAfterTheWorkWasDone() {
        faults.switchTo(FaultBoard.named("stock-resets"), Switch.ON, "");
        AtomicLong done = new AtomicLong();
        LineService counting = _ -> new LineReply.Line("OK " + done.incrementAndGet());
        LineService stock = saboteur.around("stock", counting, Chance.of(5, "stock-1"));
        long cut = IntStream.range(0, 200)
                .filter(_ -> stock.answer("LEVEL pears") instanceof LineReply.Cut)
                .count();
        assertThat(cut).isPositive();
        assertThat(done).hasValue(200);
    }

    @Test
    void theBurstFailsEveryPaymentButNoHealthCheck() {
        faults.switchTo(FaultBoard.named("payment-burst"), Switch.ON, "");
        Application payment = around("payment", "v1", "payment-1");
        assertThat(payment.answer(get("/payments", "")).status()).isEqualTo(503);
        assertThat(payment.answer(get("/health", "")).status()).isEqualTo(200);
        faults.switchTo(FaultBoard.named("payment-burst"), Switch.OFF, "");
        assertThat(payment.answer(get("/payments", "")).status()).isEqualTo(200);
    }

    @Test
    void theBankTurnsEveryAuthorizationAwayAndSaysWhenToComeBack() {
        faults.switchTo(PlantedFault.BANK_429, Switch.ON, "");
        Reply reply = around("bank", "v1", "bank-1").answer(get("/authorizations", ""));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).containsEntry("retry-after", "1");
        assertThat(around("bank", "v1", "bank-1").answer(get("/health", "")).status())
                .isEqualTo(200);
    }

    @Test
    void anAnswerOfPaymentInFiveIsLostAfterItsWorkWasDone() {
        faults.switchTo(PlantedFault.DOUBLE_CHARGE, Switch.ON, "");
        AtomicLong done = new AtomicLong();
        Application payment =
                saboteur.around("payment", "v1", _ -> Reply.ok(done.incrementAndGet()), Chance.of(5, "payment-1"));
        assertThat(failures(payment, get("/payments", ""))).isCloseTo(MANY / 5, within(120L));
        assertThat(done).hasValue(MANY);
    }

    @Test
    void aThirdOfTheMailsIsHeldForAMinuteAtMost() {
        faults.switchTo(PlantedFault.MAILER_LEAK, Switch.ON, "");
        Application mailer = around("mailer", "v1", "mailer-1");
        for (int i = 0; i < 90; i++) {
            assertThat(mailer.answer(get("/mails", "")).status()).isEqualTo(200);
        }
        assertThat(pauses.size() % 600).isZero();
        assertThat(pauses.size() / 600).isBetween(15, 45);
        assertThat(pauses).containsOnly(Duration.ofMillis(100));
    }

    @Test
    void onlyWhoAsksAboutSourdoughMakesReviewsFail() {
        faults.switchTo(PlantedFault.REVIEWS_DOWN, Switch.ON, "");
        Application reviews = around("reviews", "v2", "reviews-2");
        Call bakery = new Call("GET", "/reviews", Map.of("items", "rye-bread,sourdough"), Map.of(), "");
        assertThat(reviews.answer(bakery).status()).isEqualTo(500);
        assertThat(reviews.answer(get("/reviews", "")).status()).isEqualTo(200);
    }

    @Test
    void theSameSeedFailsTheSameRequests() {
        faults.switchTo(FaultBoard.named("bad-canary"), Switch.ON, "");
        Application one = around("catalog", "v2", "catalog-3");
        Application same = around("catalog", "v2", "catalog-3");
        for (int i = 0; i < 200; i++) {
            assertThat(one.answer(get("/items", "garden")).status())
                    .isEqualTo(same.answer(get("/items", "garden")).status());
        }
    }

    @Test
    void aFaultKnowsSinceWhenAndWhatItTeaches() {
        faults.switchTo(FaultBoard.named("payment-burst"), Switch.ON, "");
        FaultStatus status = faults.statuses().stream()
                .filter(fault -> fault.number() == 3)
                .findFirst()
                .orElseThrow();
        assertThat(status.name()).isEqualTo("payment-burst");
        assertThat(status.position()).isEqualTo(Switch.ON);
        assertThat(status.since()).isEqualTo(NOW);
        assertThat(faults.statuses())
                .extracting(FaultStatus::number)
                .containsExactly(1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12);
        assertThat(faults.statuses())
                .allMatch(
                        fault -> fault.summary().endsWith(".") && fault.lesson().endsWith("."));
    }

    /** A call whose caller is not there. */
    private static final class SilentCall<A, B> extends ServerCall<A, B> {
        private final MethodDescriptor<A, B> method;

        SilentCall(MethodDescriptor<A, B> method) {
            this.method = method;
        }

        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(B message) {}

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<A, B> getMethodDescriptor() {
            return method;
        }
    }
}

package io.signalbox.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.mesh.model.Switch;
import io.signalbox.shop.pricing.v1.BasketTotal;
import io.signalbox.shop.pricing.v1.BidAnswer;
import io.signalbox.shop.pricing.v1.BidAnswer.Verdict;
import io.signalbox.shop.pricing.v1.Price;
import io.signalbox.shop.rpc.RpcNeighbours;
import io.signalbox.shop.rpc.RpcPort;
import io.signalbox.shop.service.Message.CartLine;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Refusal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pricing over real HTTP/2, asked as the other services ask it. */
class PricingTest {

    private static final Call CAUSE = new Call("GET", "/prices", Map.of(), Map.of(), "");
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final Range range = Range.load();
    private final Item offered = new Offers(range).at(START);
    private final Item other = range.items().stream()
            .filter(item -> !item.equals(offered))
            .findFirst()
            .orElseThrow();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Pricing pricing =
            new Pricing(range, new Pace(Chance.of(1, "pricing-1"), _ -> {}), now::get, this::passes);
    private final RpcPort port = RpcPort.open("pricing-1", pricing.bindService(), threads);
    private final RpcNeighbours neighbours =
            new RpcNeighbours(URI.create("http://127.0.0.1:" + port.number()), threads);
    private final PricingDesk desk = new PricingDesk(neighbours);

    @AfterEach
    void close() {
        neighbours.close();
        port.close();
        threads.shutdownNow();
    }

    private void passes(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static CartLine line(Item item, int quantity) {
        return new CartLine(item.id(), item.name(), item.priceCents(), quantity);
    }

    private static Price price(Item item, int percent) {
        return Price.newBuilder()
                .setItem(item.id())
                .setListCents(item.priceCents())
                .setDiscountPercent(percent)
                .setPriceCents(item.priceCents() * (100 - percent) / 100)
                .build();
    }

    @Test
    void aQuoteGivesThePricesInTheOrderAskedForAndTheOfferIsReduced() {
        assertThat(desk.quote(CAUSE, List.of(other.id(), offered.id())))
                .containsExactly(price(other, 0), price(offered, 20));
    }

    @Test
    void anItemThatIsNotSoldIsNotFound() {
        assertThatThrownBy(() -> desk.quote(CAUSE, List.of(other.id(), "a-car")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(404))
                .hasMessageContaining("a-car");
    }

    @Test
    void aBasketIsAddedUpWithTheBetterDiscountOfEachLine() {
        BasketTotal total = desk.basket(CAUSE, List.of(line(other, 2), line(other, 3), line(offered, 3)));
        int list = other.priceCents() * 5 + offered.priceCents() * 3;
        int asked = other.priceCents() * 2 + other.priceCents() * 3 * 90 / 100 + offered.priceCents() * 3 * 80 / 100;
        assertThat(total.getListCents()).isEqualTo(list);
        assertThat(total.getTotalCents()).isEqualTo(asked);
        assertThat(total.getDiscountCents()).isEqualTo(list - asked);
    }

    @Test
    void aBasketOfNonsenseIsRefused() {
        assertThatThrownBy(() -> desk.basket(CAUSE, List.of(line(other, 0), line(other, 1))))
                .isInstanceOf(Refusal.class)
                .hasMessage("quantity: 0 (expected: 1..99)");
    }

    @Test
    void aGoodBidIsAcceptedAtThatPriceAndALavishOneAtTheListPrice() {
        int good = other.priceCents() * 90 / 100;
        assertThat(desk.haggle(CAUSE, other.id(), List.of(good)))
                .extracting(BidAnswer::getVerdict, BidAnswer::getCents)
                .containsExactly(tuple(Verdict.ACCEPTED, good));
        assertThat(desk.haggle(CAUSE, other.id(), List.of(other.priceCents() * 2)))
                .extracting(BidAnswer::getCents)
                .containsExactly(other.priceCents());
    }

    @Test
    void theShopComesDownWithEachBidAndEndsTheHaggleAfterTheThird() {
        List<BidAnswer> answers = desk.haggle(CAUSE, other.id(), List.of(1, 2, 3));
        assertThat(answers)
                .extracting(BidAnswer::getVerdict)
                .containsExactly(Verdict.COUNTERED, Verdict.COUNTERED, Verdict.REFUSED);
        assertThat(answers.get(0).getCents()).isLessThan(other.priceCents());
        assertThat(answers.get(1).getCents())
                .isLessThan(answers.get(0).getCents())
                .isGreaterThanOrEqualTo(other.priceCents() * Haggle.LOWEST_PERCENT / 100);
    }

    @Test
    void whoTakesTheShopsOwnPriceGetsIt() {
        int countered = desk.haggle(CAUSE, other.id(), List.of(1)).getFirst().getCents();
        assertThat(desk.haggle(CAUSE, other.id(), List.of(1, countered)).getLast())
                .extracting(BidAnswer::getVerdict, BidAnswer::getCents)
                .containsExactly(Verdict.ACCEPTED, countered);
    }

    @Test
    void aWatchBeginsWithTheOfferAndTellsBothPricesThatChange() {
        List<Price> seen = new ArrayList<>();
        desk.watch(price -> {
            seen.add(price);
            return seen.size() < 3;
        });
        Item next = new Offers(range).at(START.plusSeconds(Offers.SECONDS));
        assertThat(seen).containsExactly(price(offered, 20), price(offered, 0), price(next, 20));
    }

    @Test
    void aWatchEndsByItselfWhenItsTimeIsOver() {
        List<Price> seen = new ArrayList<>();
        desk.watch(seen::add);
        assertThat(seen).hasSize(1 + 2 * 30 / (int) Offers.SECONDS);
        assertThat(now.get()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void everyItemHasItsTurnAsTheOffer() {
        Offers offers = new Offers(range);
        assertThat(IntStream.range(0, range.items().size())
                        .mapToObj(turn -> offers.at(START.plusSeconds(turn * Offers.SECONDS)))
                        .distinct())
                .hasSameSizeAs(range.items());
    }

    @Test
    void aPortThatIsSwitchedOffIsAFailureAndComesBackOnTheSameNumber() {
        int number = port.number();
        assertThat(desk.quote(CAUSE, List.of(other.id()))).hasSize(1);
        port.switchTo(Switch.OFF);
        assertThatThrownBy(() -> desk.quote(CAUSE, List.of(other.id())))
                .isInstanceOf(NeighbourFailure.class)
                .hasMessage("pricing is unavailable: it answered UNAVAILABLE");
        port.switchTo(Switch.ON);
        assertThat(port.number()).isEqualTo(number);
        try (RpcNeighbours again = new RpcNeighbours(URI.create("http://127.0.0.1:" + number), threads)) {
            assertThat(new PricingDesk(again).quote(CAUSE, List.of(other.id()))).hasSize(1);
        }
    }
}

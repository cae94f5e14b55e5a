package io.signalbox.shop.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.shop.service.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShopperPlanTest {

    private static final int MANY = 18_000;

    private static List<Visit> plan(long seed, LoadProfile profile, int length) {
        ShopperPlan plan = new ShopperPlan(new SplittableRandom(seed), profile, Range.load());
        return Stream.generate(plan::next).limit(length).toList();
    }

    @Test
    void theSameSeedMakesTheSamePlan() {
        assertThat(plan(3, LoadProfile.CALM, 500)).isEqualTo(plan(3, LoadProfile.CALM, 500));
        assertThat(plan(3, LoadProfile.CALM, 500)).isNotEqualTo(plan(4, LoadProfile.CALM, 500));
    }

    @Test
    void shoppersBrowseTenViewThreeAddTwoAskForPricesTwiceAndCheckOutOnce() {
        Map<String, Long> counts = plan(1, LoadProfile.CALM, MANY).stream()
                .collect(Collectors.groupingBy(
                        visit -> visit.method() + visit.path().replaceAll("[?].*", ""), Collectors.counting()));
        assertThat(counts.get("GET/browse")).isCloseTo(10_000, within(300L));
        assertThat(counts.get("GET/cart")).isCloseTo(3_000, within(200L));
        assertThat(counts.get("POST/cart/items")).isCloseTo(2_000, within(200L));
        assertThat(counts.get("GET/prices")).isCloseTo(2_000, within(200L));
        assertThat(counts.get("POST/checkout")).isCloseTo(1_000, within(150L));
    }

    @Test
    void twoHundredShoppersKeepTheirIds() {
        Set<String> shoppers =
                plan(1, LoadProfile.CALM, MANY).stream().map(Visit::shopper).collect(Collectors.toSet());
        assertThat(shoppers).hasSize(200).contains("shopper-001", "shopper-200");
    }

    @Test
    void nobodyChecksOutAnEmptyCart() {
        Set<String> filled = new HashSet<>();
        for (Visit visit : plan(9, LoadProfile.FLASH_SALE, MANY)) {
            switch (visit.path()) {
                case "/cart/items" -> filled.add(visit.shopper());
                case "/checkout" -> assertThat(filled.remove(visit.shopper())).isTrue();
                default -> {}
            }
        }
    }

    @Test
    void robotsOnlyRead() {
        assertThat(plan(1, LoadProfile.BOT, 300))
                .allMatch(visit -> visit.method().equals("GET"));
    }
}

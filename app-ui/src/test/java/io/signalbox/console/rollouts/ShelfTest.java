package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.ShopperSketch;
import io.signalbox.mesh.explain.RequestLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final Shelf shelf = new Shelf("catalog");

    @Test
    void aCallerKeepsItsPlaceInWhateverOrderTheRequestsCome() {
        List<RequestLine> lines = new ArrayList<>(ShopperSketch.shoppers());
        Collections.shuffle(lines, new Random(11));
        lines.forEach(shelf::add);
        assertThat(shelf.tiles())
                .hasSize(200)
                .allSatisfy(tile -> assertThat(tile.caller()).isEqualTo("shopper-%03d".formatted(tile.place() + 1)));
    }

    @Test
    void callersWithoutANumberTakeTheFirstFreePlaceForGood() {
        ShelfPlaces places = new ShelfPlaces();
        assertThat(places.of("mira")).isZero();
        assertThat(places.of("shopper-001")).isEqualTo(1);
        assertThat(places.of("shopper-003")).isEqualTo(2);
        assertThat(places.of("dan")).isEqualTo(3);
        assertThat(places.of("mira")).isZero();
    }

    @Test
    void theNewestRequestOfACallerIsShown() {
        shelf.add(ShopperSketch.shopper(7, "v2", 500, 20, 1));
        shelf.add(ShopperSketch.shopper(7, "v1", 200, 20, 9));
        assertThat(shelf.at(6)).hasValueSatisfying(tile -> {
            assertThat(tile.version()).isEqualTo("v2");
            assertThat(tile.failed()).isTrue();
        });
    }

    @Test
    void moreCallersThanThereArePlacesAreCountedNotKept() {
        for (int i = 1; i <= 600; i++) {
            shelf.add(ShopperSketch.keyed(ShopperSketch.shopper(1, "v1", 200, 20, 1), "person " + i + "x"));
        }
        assertThat(shelf.tiles()).hasSize(ShelfPlaces.MOST);
        assertThat(shelf.unshown()).isEqualTo(200);
    }

    @Test
    void whatMayHaveBeenCountedBeforeIsNotCountedAgain() {
        for (int i = 1; i <= ShelfPlaces.MOST + 1; i++) {
            shelf.remember(ShopperSketch.keyed(ShopperSketch.shopper(1, "v1", 200, 20, 1), "person " + i + "x"));
        }
        assertThat(shelf.tiles()).hasSize(ShelfPlaces.MOST);
        assertThat(shelf.unshown()).isZero();
    }

    @Test
    void aFullWallGivesThePlaceOfWhoAskedLongestAgoToANewCaller() {
        for (int i = 1; i <= ShelfPlaces.MOST; i++) {
            shelf.add(
                    ShopperSketch.keyed(ShopperSketch.shopper(1, "v1", 200, 20, i == 7 ? 300 : 90), "old " + i + "x"));
        }
        shelf.add(ShopperSketch.keyed(ShopperSketch.shopper(1, "v2", 200, 20, 1), "new"));
        assertThat(shelf.tiles()).hasSize(ShelfPlaces.MOST);
        assertThat(shelf.at(6))
                .hasValueSatisfying(tile -> assertThat(tile.caller()).isEqualTo("new"));
        assertThat(shelf.unshown()).isZero();
        shelf.add(ShopperSketch.keyed(ShopperSketch.shopper(1, "v2", 200, 20, 1), "newer"));
        assertThat(shelf.unshown()).isEqualTo(1);
    }

    @Test
    void whatIsNobodysOrAnotherServicesIsNotShown() {
        shelf.add(ShopperSketch.keyed(ShopperSketch.shopper(1, "v1", 200, 20, 1), null));
        Shelf other = new Shelf("reviews");
        other.add(ShopperSketch.shopper(1, "v1", 200, 20, 1));
        assertThat(shelf.tiles()).isEmpty();
        assertThat(shelf.hasUnknown()).isTrue();
        assertThat(other.tiles()).isEmpty();
        assertThat(other.hasUnknown()).isFalse();
    }

    @Test
    void slowIsWhatNineInTenWereQuickerThanAndNothingWhileThereAreFew() {
        for (int i = 1; i <= 9; i++) {
            shelf.add(ShopperSketch.shopper(i, "v1", 200, i, 1));
        }
        assertThat(shelf.slowNanos()).isEqualTo(Long.MAX_VALUE);
        shelf.add(ShopperSketch.shopper(10, "v1", 200, 10, 1));
        assertThat(shelf.slowNanos()).isEqualTo(9_000_000);
    }
}

package io.signalbox.shop.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.status.AnswerCount;
import io.signalbox.shop.service.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Faults 6, 8 and 11. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BalancingLessonsTest {

    private static final String WITH_REVIEWS = "\"reviewsAvailable\":true";

    private LessonMesh lesson;

    @BeforeAll
    void open(@TempDir Path folder) {
        lesson = new LessonMesh(folder);
    }

    @AfterAll
    void close() {
        lesson.close();
    }

    /** Of so many shoppers, those who put something into their cart and do not find it there. */
    private long lostCarts(int shoppers, String who) {
        return IntStream.range(0, shoppers)
                .mapToObj(number -> who + "-" + number)
                .filter(shopper -> lesson.add(shopper) != 201
                        || IntStream.range(0, 2)
                                .anyMatch(_ -> lesson.see(shopper, "/cart").contains("\"lines\":[]")))
                .count();
    }

    @Test
    void cartsInTheMemoryOfOneInstanceAreLostUnlessTheirShopperComesBackToIt() {
        lesson.switchOn("lost-carts");
        assertThat(lostCarts(20, "turn")).isPositive();

        lesson.mend("lost-carts");
        assertThat(lostCarts(40, "hash")).isZero();
        lesson.switchOff("lost-carts");
        assertThat(lostCarts(20, "shared")).isZero();
    }

    @Test
    void oneItemThatCannotBeReadTakesAllReviewsAwayUntilPanicLetsThemServe() {
        lesson.switchOn("reviews-down");
        LessonMesh.eventually(() -> {
            lesson.see("mira", "/browse?category=bakery");
            return !lesson.see("mira", "/browse?category=tea").contains(WITH_REVIEWS);
        });
        LessonMesh.eventually(() -> refusals() > 0);

        lesson.mend("reviews-down");
        // without panic each listing of the bakery would take all instances out again
        LessonMesh.eventually(() -> IntStream.range(0, 20).allMatch(_ -> {
            lesson.see("mira", "/browse?category=bakery");
            return lesson.see("mira", "/browse?category=tea").contains(WITH_REVIEWS);
        }));
        lesson.switchOff("reviews-down");
        assertThat(lesson.see("mira", "/browse?category=bakery")).contains(WITH_REVIEWS);
    }

    /** Calls of reviews that open circuits refused in the last minute. */
    private long refusals() {
        return lesson.edge("catalog", "reviews").orElseThrow().answers().stream()
                .filter(answer -> answer.cause() == Cause.BREAKER_OPEN)
                .mapToLong(AnswerCount::count)
                .sum();
    }

    @Test
    void versionThreeDiffersInOneFieldAndMendedNoShopperGetsIt() {
        assertThat(differing()).isEmpty();
        lesson.switchOn("reviews-diff");
        assertThat(differing()).isNotEmpty();

        lesson.mend("reviews-diff");
        assertThat(IntStream.range(0, 30).mapToObj(_ -> lesson.see("mira", "/browse?category=tea")))
                .noneMatch(listing -> listing.contains("\"reviews\":{\"version\":\"v3\""));
        lesson.switchOff("reviews-diff");
        assertThat(differing()).isEmpty();
    }

    private List<String> differing() {
        return Range.load().items().stream()
                .map(item -> item.id())
                .filter(item -> !texts(item, "v2").equals(texts(item, "v3")))
                .toList();
    }

    private String texts(String item, String version) {
        String page = lesson.ask("reviews", "/reviews?items=" + item, "x-reviews-version", version)
                .body();
        assertThat(page).contains("\"version\":\"" + version + "\"");
        return page.replaceAll(".*\"texts\":(\\[[^\\]]*\\]).*", "$1");
    }
}

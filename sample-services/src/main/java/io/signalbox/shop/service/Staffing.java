package io.signalbox.shop.service;

import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Pause;
import io.signalbox.shop.web.Site;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Who works in the shop: every instance that runs beside a sidecar, and what it runs. */
public final class Staffing {

    private final Range range;
    private final Pause pause;
    private final List<Post> posts;

    /**
     * @param shared what instances of one service share
     * @param sessionCache whether the instances of cart reach the cache they share
     */
    public Staffing(Range range, BackRoom shared, InstantSource clock, Pause pause, BooleanSupplier sessionCache) {
        this.range = range;
        this.pause = pause;
        Duty storefront = new Duty.Web(this::storefront);
        Duty catalog = web((place, _) -> new Catalog(place, range));
        Duty reviews = web((place, _) -> new Reviews(place));
        Duty ratings = web((place, _) -> new Ratings(place));
        Duty cart = web((place, _) -> new Carts(place, new CartKeeping(shared.sessions(), sessionCache)));
        Duty pricing = new Duty.Rpc(pace -> new Pricing(range, pace, clock, pause).bindService());
        Duty stock = new Duty.Lines(pace -> new Stock(shared.shelves(), pace));
        Duty checkout = web((place, _) -> checkout(place));
        Duty payment = web((place, _) -> new Payments(place));
        Duty mailer = web((place, _) -> new Mailer(place));
        posts = List.of(
                new Post("storefront", "v1", 1, storefront),
                new Post("storefront", "v1", 2, storefront),
                new Post("catalog", "v1", 1, catalog),
                new Post("catalog", "v1", 2, catalog),
                new Post("catalog", "v2", 3, catalog),
                new Post("reviews", "v1", 1, reviews),
                new Post("reviews", "v2", 2, reviews),
                new Post("reviews", "v3", 3, reviews),
                new Post("ratings", "v1", 1, ratings),
                new Post("ratings", "v1", 2, ratings),
                new Post("cart", "v1", 1, cart),
                new Post("cart", "v1", 2, cart),
                new Post(PricingDesk.SERVICE, "v1", 1, pricing),
                new Post(PricingDesk.SERVICE, "v1", 2, pricing),
                new Post(PricingDesk.SERVICE, "v1", 3, pricing),
                new Post(StockDesk.SERVICE, "v1", 1, stock),
                new Post(StockDesk.SERVICE, "v1", 2, stock),
                new Post("checkout", "v1", 1, checkout),
                new Post("checkout", "v1", 2, checkout),
                new Post("payment", "v1", 1, payment),
                new Post("payment", "v1", 2, payment),
                new Post("mailer", "v1", 1, mailer));
    }

    public List<Post> posts() {
        return posts;
    }

    private static Duty web(BiFunction<Workplace, Chance, Application> application) {
        return new Duty.Web((place, chance) -> Site.of(place.withHealth(application.apply(place, chance))));
    }

    private Site storefront(Workplace place, Chance chance) {
        PriceBoard prices = new PriceBoard(pricing(place), range, pause);
        Storefront storefront = new Storefront(place, chance, prices);
        return storefront.site(place.withHealth(storefront));
    }

    private static Application checkout(Workplace place) {
        return new Checkout(
                place, pricing(place), new StockDesk(place.ways().lines().pool(StockDesk.SERVICE)));
    }

    private static PricingDesk pricing(Workplace place) {
        return new PricingDesk(place.ways().rpc());
    }

    /** One instance to run; its id is the service and a number, such as {@code catalog-3}. */
    public record Post(String service, String version, int number, Duty duty) {

        public String instance() {
            return service + "-" + number;
        }

        /** The services that it calls over plain TCP, each through a local port of its sidecar. */
        public Set<String> dials() {
            return service.equals("checkout") ? Set.of(StockDesk.SERVICE) : Set.of();
        }
    }
}

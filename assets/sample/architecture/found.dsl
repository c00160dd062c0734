workspace "Parcelline" "Dispatch, tracking and billing of Meridian Parcel Group, as found in November 2026" {

    !identifiers hierarchical

    model {
        recipient = person "Recipient" "Waits for a parcel"
        dispatcher = person "Dispatcher" "Plans the delivery routes of a depot"
        finance = person "Finance clerk" "Closes the month, answers for invoices"
        customer = person "Business customer" "Ships parcels, pays by invoice"

        devices = softwareSystem "Depot devices" "Handhelds scan parcels, label stations print" "External"
        plugins = softwareSystem "Web-shop plug-ins" "Show prices and states in customers' shops" "External"
        optimiser = softwareSystem "Route optimiser" "Mapping provider; puts a route's stops in order" "External"
        accounting = softwareSystem "Accounting" "Ledger of the group" "External"

        parcelline = softwareSystem "Parcelline" "Dispatch, tracking and billing of all parcels between pick-up and the customer's invoice" {
            proxy = container "Reverse proxy" "Ends TLS, forwards to one upstream" "nginx"
            api = container "parcelline-api" "Dispatch, parcels, tracking, invoices, rates, labels and sign-in" "Node.js, Express: modular monolith"
            ingest = container "tracking-ingest" "Writes scans and the parcel's new state" "Node.js worker"
            billing = container "billing-worker" "Writes the month's invoices and lines" "Node.js, cron"
            database = container "Parcelline database" "Parcels, scans, routes, customers, invoices" "PostgreSQL 15" "Database"
            cache = container "Cache" "Tracking pages" "Redis 7" "Database"
        }

        recipient -> parcelline.proxy "Follows a parcel on the tracking page" "HTTPS"
        dispatcher -> parcelline.proxy "Works at the dispatch board" "HTTPS"
        finance -> parcelline.proxy "Exports and corrects invoices" "HTTPS"
        customer -> parcelline.proxy "Reads invoices in the portal" "HTTPS"
        plugins -> parcelline.proxy "Ask for quotes and states" "HTTPS/JSON"
        devices -> parcelline.proxy "Fetch labels" "HTTPS"
        devices -> parcelline.ingest "Send scans" "HTTPS"
        finance -> accounting "Uploads the month's invoices by hand" "CSV file"

        parcelline.proxy -> parcelline.api "Forwards" "HTTP/1.1"
        parcelline.api -> optimiser "Asks for the order of stops" "HTTPS/JSON"
        parcelline.api -> parcelline.database "Reads and writes" "SQL, pool of 10"
        parcelline.api -> parcelline.cache "Caches tracking pages" "RESP"
        parcelline.ingest -> parcelline.database "Writes scans and states" "SQL"
        parcelline.billing -> parcelline.database "Writes invoices" "SQL"

        live = deploymentEnvironment "Live" {
            deploymentNode "Data centre in Rotterdam" "As described by the platform lead, not verified" {
                deploymentNode "Application machine" "One virtual machine" {
                    proxy = containerInstance parcelline.proxy
                    api = containerInstance parcelline.api
                    ingest = containerInstance parcelline.ingest
                    billing = containerInstance parcelline.billing
                    cache = containerInstance parcelline.cache
                }
                deploymentNode "Database machine" "One virtual machine" {
                    database = containerInstance parcelline.database
                }
            }
        }
    }

    views {
        systemContext parcelline "context" {
            title "System context"
            include *
            include accounting
            autoLayout tb
        }
        container parcelline "containers" {
            title "Containers"
            include *
            include accounting
            autoLayout tb
        }
        deployment parcelline live "deployment" {
            title "Deployment, live"
            include *
            autoLayout tb
        }
        dynamic parcelline "planning" {
            title "Planning a route at 06:00"
            description "Why the morning wave stops the service"
            dispatcher -> parcelline.proxy "Asks for a plan"
            parcelline.proxy -> parcelline.api "Forwards"
            parcelline.api -> parcelline.database "Takes one of ten connections, locks the route"
            parcelline.api -> optimiser "Asks for the order, without a time limit"
            optimiser -> parcelline.api "Answers after up to 9 s, or with an error"
            parcelline.api -> parcelline.database "Writes the plan; after an error the lock stays"
            autoLayout lr
        }

        styles {
            element "External" {
                border dashed
            }
            element "Database" {
                shape cylinder
            }
        }
    }
}

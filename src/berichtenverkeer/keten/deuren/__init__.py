"""The two doors of the chain: StUF-GGK for gemeenten, VSP for aanbieders."""

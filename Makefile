# Linli 邻里. `make` lists what can be done.
VENV := .venv
BIN := $(VENV)/bin
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c '$(ENOUGH)' 2>/dev/null && { echo $$name; break; }; done)
INSTALL = if command -v uv >/dev/null 2>&1; \
	then uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt --editable '$(1)'; \
	else $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '$(1)'; fi

# Compiled once, started quickly ever after.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check fmt bench demo

help: ## 列出可以做的事
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: export LINLI_DEMO ?= 1
run: $(VENV)/.run ## 安装并启动（PORT= LINLI_HOME= DATABASE_URL= LINLI_DEMO=0 PYTHON= 可改）
	@$(BIN)/linli prepare
	@exec $(BIN)/linli serve

test: $(VENV)/.dev ## 安装并运行测试（浏览器测试除外）
	@$(BIN)/pytest --numprocesses auto --ignore tests/browser

check: $(VENV)/.dev ## 检查写法、类型、楼层与数据表迁移
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/linli makemigrations --check --dry-run

fmt: $(VENV)/.dev ## 整理代码格式
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: $(VENV)/.dev ## 运行性能对比（两种数据库，与同类软件并排）
	@$(BIN)/python -m bench
	@DURABLE=1 tests/postgres.sh $(BIN)/python -m bench

demo: export LINLI_DEMO ?= 1
demo: $(VENV)/.run ## 准备数据库并填入演示数据，不启动
	@$(BIN)/linli prepare

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo '需要 Python 3.11 或更新的版本。装好后再试，或指定：make run PYTHON=/路径/python3.11' >&2; exit 1; }
	@$(PYTHON) -c '$(ENOUGH)' || { echo '$(PYTHON) 不能用：需要 Python 3.11 或更新的版本。' >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	@echo '正在安装，第一次约需一两分钟……'
	@$(call INSTALL,.[postgres])
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	@echo '正在安装测试工具……'
	@$(call INSTALL,.[dev])
	@touch $@ $(VENV)/.run
